// Runs before the first paint: puts the chosen theme (or the system's) on <html>, so that nothing flashes.
import { applyTheme } from "./modules/theme-choice.js";

applyTheme();
