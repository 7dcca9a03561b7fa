from brobygger.site.commands import main

raise SystemExit(main())
