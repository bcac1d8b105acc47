// Brings what stands elsewhere in the project into the extension: the editors' grammar, which a test holds to the language, and the licences.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const project = join(extension, "..", "..", "..");

mkdirSync(join(extension, "syntaxes"), { recursive: true });
copyFileSync(join(project, "grammar", "onrecord.tmLanguage.json"), join(extension, "syntaxes", "onrecord.tmLanguage.json"));
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(project, licence), join(extension, licence));
