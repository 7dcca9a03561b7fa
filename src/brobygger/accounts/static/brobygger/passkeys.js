// Passkeys: asks the server for a question, the browser for an answer, and sends it as the form's own field.
// Without script the forms stay hidden, and codes are the way.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const opened = ({ publicKey: asked }) => ({
    ...asked,
    challenge: bytes(asked.challenge),
    ...(asked.user && { user: { ...asked.user, id: bytes(asked.user.id) } }),
    ...["allowCredentials", "excludeCredentials"].reduce((lists, name) => (
      asked[name] ? { ...lists, [name]: asked[name].map((key) => ({ ...key, id: bytes(key.id) })) } : lists), {}),
  });
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const closed = (found) => JSON.stringify({
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    clientExtensionResults: {},
    response: Object.fromEntries(PARTS.filter((name) => found.response[name]).map((name) => [name, text(found.response[name])])),
  });

  const answer = async (form) => {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const response = await fetch(form.dataset.question, { method: "POST", headers });
    const publicKey = opened(await response.json());
    return closed(await navigator.credentials[form.dataset.passkey]({ publicKey }));
  };
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const told = form.querySelector("[data-passkey-told]");
      try {
        form.elements.credential.value = await answer(form);
        form.submit();
      } catch {
        told.textContent = form.dataset.refused;
        told.hidden = false;
      }
    });
  });
})();
