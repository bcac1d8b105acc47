-- Drives a Neovim without a window: opens a policy with a misspelt word, is told so, takes the fix, reads a card, renames across files.
-- Called by `test`, which says where the recipe and the policies are. Loads the recipe as a person would paste it.

local here = os.getenv("ONRECORD_RECIPES")
local folder = os.getenv("ONRECORD_POLICIES")
local modern = vim.fn.has("nvim-0.11") == 1
local patience = 20000

local function expect(what, holds, found)
  if not holds then
    error(what .. (found and (": found " .. vim.inspect(found)) or ""), 0)
  end
  io.stdout:write("  ok  " .. what .. "\n")
end

local function ask(method, params)
  local answers, why = vim.lsp.buf_request_sync(0, method, params, patience)
  for id, answer in pairs(answers or {}) do
    if answer.result then
      return answer.result, vim.lsp.get_client_by_id(id)
    end
    why = answer.error or answer.err
  end
  error(method .. " was not answered: " .. vim.inspect(why), 0)
end

local function text_of(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

-- Puts the cursor on a word, by what stands before it.
local function go(before, word)
  vim.fn.cursor(1, 1)
  expect("there is “" .. before .. word .. "”", vim.fn.search("\\V" .. before .. "\\zs" .. word, "cW") > 0)
end

local function position()
  local client = modern and vim.lsp.get_clients({ bufnr = 0 })[1]
  return vim.lsp.util.make_position_params(0, client and client.offset_encoding)
end

local function errors()
  return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end

-- What the tree-sitter queries say of a word, by what stands before it.
local function colours(before, word)
  go(before, word)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local found = {}
  for _, capture in ipairs(vim.treesitter.get_captures_at_pos(0, row - 1, column)) do
    found[#found + 1] = capture.capture
  end
  return found
end

local function steps()
  if modern then
    vim.cmd("filetype on")
  end
  vim.cmd("luafile " .. here .. (modern and "/onrecord-0.11.lua" or "/onrecord-0.7.lua"))

  vim.cmd("edit " .. folder .. "/us/us-ca.onr")
  vim.wait(patience, function()
    return #errors() > 0
  end, 20)
  expect("a misspelt word is the one error", #errors() == 1, errors())
  local wrong = errors()[1]
  local line = vim.api.nvim_buf_get_lines(0, wrong.lnum, wrong.lnum + 1, false)[1]
  expect("it stands under the word, after a letter that counts as two", line:sub(wrong.col + 1, wrong.end_col) == "confidential-comunication", wrong)
  expect("with the word that was meant", wrong.message:find("confidential-communication", 1, true) ~= nil, wrong)

  vim.fn.cursor(wrong.lnum + 1, wrong.col + 1)
  local sent = modern and wrong.user_data.lsp or vim.lsp.diagnostic.get_line_diagnostics()[1]
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = sent.range,
    context = { diagnostics = { sent }, only = { "quickfix" } },
  }
  local actions, client = ask("textDocument/codeAction", params)
  expect("a fix is offered", #actions > 0, actions)
  local action = actions[1]
  if not action.edit then
    action = ask("codeAction/resolve", action)
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  vim.wait(patience, function()
    return #errors() == 0
  end, 20)
  expect("once it is taken nothing is wrong", #errors() == 0, errors())
  expect("the word is mended", text_of(0):find("confidential-comunication", 1, true) == nil)

  if modern and vim.fn.executable("cc") == 1 then
    vim.treesitter.get_parser(0):parse(true)
    local clause, rule = colours("  ", "prohibit"), colours("rule ", "CIPA-632-7")
    expect("a keyword has its colour", vim.tbl_contains(clause, "keyword.directive"), clause)
    expect("the name of a rule has its own", rule[#rule] == "function", rule)
    vim.fn.search("^rule CIPA-632-7")
    local head = vim.fn.line(".")
    expect("a rule can be folded", vim.fn.foldlevel(head) > 0 and vim.fn.foldlevel(head - 1) == 0, vim.fn.foldlevel(head))
  end

  go("rule ", "CIPA-632-7")
  local card = ask("textDocument/hover", position())
  expect("the card of a rule gives its citation", vim.inspect(card.contents):find("632.7(a)", 1, true) ~= nil, card)

  go("uses any of { ", "cellular")
  local edit, by = ask("textDocument/rename", vim.tbl_extend("force", position(), { newName = "on-a-mobile" }))
  vim.lsp.util.apply_workspace_edit(edit, by.offset_encoding)
  expect("a word is renamed where it stands", text_of(0):find("any of { on-a-mobile", 1, true) ~= nil)
  local declared = vim.fn.bufnr("vocabulary/facts.onr")
  expect("and in the file that declares it", declared > 0 and text_of(declared):find('on-a-mobile "', 1, true) ~= nil)

  -- Between the one file and the other a word is missing for a moment: a server that never hears of the second file never calms down.
  vim.wait(500)
  vim.wait(patience, function()
    return #errors() == 0
  end, 20)
  expect("and nothing is wrong after it", #errors() == 0, errors())
end

local version = vim.version()
io.stdout:write(string.format("Neovim %d.%d.%d\n", version.major, version.minor, version.patch))
local ok, why = pcall(steps)
if not ok then
  io.stdout:write("FAILED: " .. tostring(why) .. "\n")
  vim.cmd("cquit 1")
end
vim.cmd("qall!")
