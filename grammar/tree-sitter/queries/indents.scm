; Neovim: a line stands two spaces deeper for each open brace; a condition that goes on stands deeper than its line.

"{" @indent.begin
"}" @indent.branch @indent.end
[
  (condition)
  (unless)
  (provided)
] @indent.begin
