// Brings what stands elsewhere in the project into the extension: the grammar for editors, which a test holds to the language, the
// licences, and the picture of the README; and the licences of the packages that are bundled.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const project = join(extension, "..", "..", "..");

for (const folder of ["syntaxes", "dist"]) mkdirSync(join(extension, folder), { recursive: true });
copyFileSync(join(project, "grammar", "onrecord.tmLanguage.json"), join(extension, "syntaxes", "onrecord.tmLanguage.json"));
copyFileSync(join(project, "docs", "src", "editor", "images", "card.png"), join(extension, "images", "card.png"));
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(project, licence), join(extension, licence));

const bundled = new Map();
function bundle(name, from) {
  const own = join(from, "node_modules", name);
  const folder = readable(join(own, "package.json")) ? own : join(extension, "node_modules", name);
  if (bundled.has(folder)) return;
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = licence === undefined ? about.license : readFileSync(join(folder, licence), "utf8");
  bundled.set(folder, `${about.name} ${about.version}\n\n${text.trim()}\n`);
  for (const needed of Object.keys(about.dependencies ?? {})) bundle(needed, folder);
}
function readable(file) {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}
bundle("vscode-languageclient", extension);
writeFileSync(join(extension, "dist", "LICENCES-OF-PARTS.txt"), [...bundled.values()].join(`\n${"-".repeat(80)}\n\n`));
