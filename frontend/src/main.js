// Everything a page does beyond plain links and forms. Each module finds its own elements; a page without them is untouched.
import { closeMenusElsewhere } from "./modules/menus.js";
import { showCurrentTab } from "./modules/current-tab.js";
import { keepDrafts } from "./modules/drafts.js";
import { listenToKeys } from "./modules/keyboard.js";
import { lightSources } from "./modules/lighting.js";
import { goToNextDoubt } from "./modules/next-doubt.js";
import { workOnSite } from "./modules/on-site.js";
import { askForPasskeys } from "./modules/passkeys.js";
import { openBeside } from "./modules/peek.js";
import { countSelection } from "./modules/selection.js";
import { slidePairs } from "./modules/pairs.js";
import { takePasted } from "./modules/paste.js";
import { sendOnce } from "./modules/send-once.js";
import { offerThemes } from "./modules/theme-choice.js";

closeMenusElsewhere();
offerThemes();
askForPasskeys();
showCurrentTab();
sendOnce();
countSelection();
openBeside();
listenToKeys();
lightSources();
goToNextDoubt();
keepDrafts();
slidePairs();
workOnSite();
takePasted();

import("htmx.org").catch(() => {
  // A browser too old for it loses nothing but the swapping of parts: links and forms go their plain way.
});
