// Brings what stands elsewhere in the project into the extension: the grammar for editors, which a test holds to the language, the
// licences, and the picture of the README.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const project = join(extension, "..", "..", "..");

mkdirSync(join(extension, "syntaxes"), { recursive: true });
copyFileSync(join(project, "grammar", "onrecord.tmLanguage.json"), join(extension, "syntaxes", "onrecord.tmLanguage.json"));
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(project, licence), join(extension, licence));
copyFileSync(join(project, "docs", "src", "editor", "images", "card.png"), join(extension, "images", "card.png"));
