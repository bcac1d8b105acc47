-- Neovim 0.7 to 0.10: OnRecord policies, served by `onrecord lsp`. Put this into init.lua.

local group = vim.api.nvim_create_augroup("onrecord", {})
local clients = {}

-- One server for each folder: the nearest one above that is under version control, else the file's own.
local function root(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local marked = vim.fn.finddir(".git", folder .. ";")
  return marked ~= "" and vim.fn.fnamemodify(marked, ":p:h:h") or folder
end

local function keys(_, buffer)
  local function map(key, action)
    vim.keymap.set("n", key, action, { buffer = buffer })
  end
  map("K", vim.lsp.buf.hover)
  map("gd", vim.lsp.buf.definition)
  map("grr", vim.lsp.buf.references)
  map("grn", vim.lsp.buf.rename)
  map("gra", vim.lsp.buf.code_action)
  map("grl", vim.lsp.codelens.run)
  map("gO", vim.lsp.buf.document_symbol)
  vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
end

-- What a run or an explanation found, in a window of its own.
local function show(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  client.request("workspace/executeCommand", command, function(_, page)
    if page then
      vim.lsp.util.open_floating_preview(vim.split(page.text, "\n"), "markdown", { border = "single" })
    end
  end, context.bufnr)
end

vim.api.nvim_create_autocmd({ "BufRead", "BufNewFile" }, {
  group = group,
  pattern = "*.onr",
  callback = function(event)
    local buffer = event.buf or vim.api.nvim_get_current_buf()
    vim.bo[buffer].filetype = "onrecord"
    vim.bo[buffer].commentstring = "# %s"
    vim.bo[buffer].expandtab = true
    vim.bo[buffer].shiftwidth = 2
    local folder = root(vim.api.nvim_buf_get_name(buffer))
    clients[folder] = clients[folder]
      or vim.lsp.start_client({
        name = "onrecord",
        cmd = { "onrecord", "lsp" },
        root_dir = folder,
        workspace_folders = { { uri = vim.uri_from_fname(folder), name = folder } },
        on_attach = keys,
        on_exit = function()
          clients[folder] = nil
        end,
        commands = { ["onrecord.runTest"] = show, ["onrecord.explain"] = show },
        flags = { debounce_text_changes = 0 },
      })
    if clients[folder] then
      vim.lsp.buf_attach_client(buffer, clients[folder])
    end
  end,
})

-- What the scenarios came to stands over each rule.
vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, {
  group = group,
  pattern = "*.onr",
  callback = function()
    vim.lsp.codelens.refresh()
  end,
})
