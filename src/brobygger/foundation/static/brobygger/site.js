// What script may add to a page that already works without it: drafts, a word while sending,
// a field for signing, printing, copying. No framework, nothing inline, nothing from elsewhere.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = document.body.dataset; // the words come translated on <body>
  const DRAFT = "draft:";

  // Private windows may refuse storage; then there simply are no drafts.
  const store = {
    get: (key) => { try { return sessionStorage.getItem(DRAFT + key); } catch { return null; } },
    put: (key, text) => { try { sessionStorage.setItem(DRAFT + key, text); return true; } catch { return false; } },
    drop: (key) => { try { sessionStorage.removeItem(DRAFT + key); } catch { /* nothing was kept */ } },
    empty: () => { try { sessionStorage.clear(); } catch { /* nothing was kept */ } },
  };

  // Drafts: what is being written stays in this tab until the server says it is saved.
  all("[data-draft-clear]").forEach((sign) => store.drop(sign.dataset.draftClear));
  all("textarea[data-draft]").forEach((area) => {
    const key = area.dataset.draft;
    const told = document.createElement("p");
    told.className = "draft";
    told.setAttribute("role", "status");
    area.after(told);
    const kept = store.get(key);
    if (kept && !area.value) {
      area.value = kept;
      told.textContent = say.draftBack;
    }
    area.addEventListener("input", () => {
      if (!area.value) {
        store.drop(key);
        told.textContent = "";
      } else if (store.put(key, area.value) && told.textContent !== say.draftKept) {
        told.textContent = say.draftKept;
      }
    });
  });
  // How long a text took: from the first key to the first press. Told once, so that a second press says the same.
  all("input[data-typing]").forEach((field) => {
    let began;
    field.form.addEventListener("input", () => { began ??= performance.now(); });
    field.form.addEventListener("submit", () => {
      if (!field.value && began) field.value = Math.max(1, Math.round((performance.now() - began) / 1000));
    }, { capture: true });
  });

  // Who else writes: asked again now and then while the page is looked at, and told that we type.
  all("[data-refresh]").forEach((place) => {
    let typed = false;
    addEventListener("input", () => { typed = true; });
    setInterval(async () => {
      if (document.hidden) return;
      const address = place.dataset.refresh + (typed ? "?skriver" : "");
      typed = false;
      try {
        const answer = await fetch(address);
        if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
      } catch { /* no connection: what stands there stays */ }
    }, 20000);
  });

  all("form[data-leaves]").forEach((form) => form.addEventListener("submit", store.empty));

  // Sending: the pressed button says so. The first press always goes; a second one is held back for a while.
  const sending = new Map();
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (form.method !== "post") return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    const before = button ? [...button.childNodes] : [];
    const undo = () => {
      if (button) {
        button.replaceChildren(...before);
        button.removeAttribute("aria-disabled");
      }
      sending.delete(form);
    };
    sending.set(form, undo);
    setTimeout(() => {
      if (!button || event.defaultPrevented) return;
      button.style.minInlineSize = `${button.offsetWidth}px`;
      button.textContent = say.sending;
      button.setAttribute("aria-disabled", "true");
    });
    setTimeout(undo, 10000);
  });
  addEventListener("pageshow", (event) => event.persisted && sending.forEach((undo) => undo()));

  // Signing: each stroke is a flat list x,y,x,y in thousandths of the width; the field holds a list of strokes.
  all("canvas[data-sign]").forEach((canvas) => {
    const field = document.getElementById(canvas.dataset.sign);
    const box = canvas.closest("[data-sign-box]");
    const pen = canvas.getContext("2d");
    const MOST = 4000; // numbers; a name needs a few hundred
    let strokes = [];
    try { strokes = JSON.parse(field.value || "[]"); } catch { /* start on a clean line */ }
    box.hidden = false;

    const draw = () => {
      const width = canvas.clientWidth;
      const fine = devicePixelRatio || 1;
      canvas.width = width * fine;
      canvas.height = canvas.clientHeight * fine;
      pen.scale((fine * width) / 1000, (fine * width) / 1000);
      pen.lineWidth = 7;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(canvas).color;
      strokes.forEach((line) => {
        pen.beginPath();
        pen.moveTo(line[0], line[1]);
        for (let i = 0; i < line.length; i += 2) pen.lineTo(line[i], line[i + 1]);
        pen.stroke();
      });
    };
    const keep = () => { field.value = strokes.length ? JSON.stringify(strokes) : ""; };
    const point = (event) => {
      const edge = canvas.getBoundingClientRect();
      return [event.clientX - edge.left, event.clientY - edge.top].map((n) => Math.round((n / edge.width) * 1000));
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      strokes.push(point(event));
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId) || strokes.flat().length > MOST) return;
      const line = strokes.at(-1);
      const [x, y] = point(event);
      if (Math.hypot(x - line.at(-2), y - line.at(-1)) < 4) return;
      line.push(x, y);
      draw();
    });
    canvas.addEventListener("pointerup", keep);
    canvas.addEventListener("pointercancel", keep);
    box.querySelector("[data-sign-clear]").addEventListener("click", () => {
      strokes = [];
      keep();
      draw();
    });
    addEventListener("resize", draw);
    draw();
  });

  // A slider says where it stands.
  all("input[data-tells]").forEach((slider) => {
    const told = document.getElementById(slider.dataset.tells);
    slider.addEventListener("input", () => { told.textContent = slider.value; });
  });

  // Printing and copying: these buttons show themselves only where they work.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  if (navigator.clipboard) {
    all("[data-copy]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = say.copied;
      });
    });
  }

  // Escape closes the small sheet at the top; what is wrong is read first.
  addEventListener("keydown", (event) => event.key === "Escape" && all("details.me[open]").forEach((me) => {
    me.open = false;
    me.querySelector("summary").focus();
  }));
  document.getElementById("errors")?.focus();
})();
