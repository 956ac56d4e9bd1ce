// Runs before the first paint: puts the chosen theme (or the system's) on <html>, so that nothing flashes.
import { keepTheme } from "./modules/theme-choice.js";

keepTheme();
