-- Neovim 0.11 and later: OnRecord policies, served by `onrecord lsp`. Put this into init.lua.

vim.filetype.add({ extension = { onr = "onrecord" } })

vim.lsp.config("onrecord", {
  cmd = { "onrecord", "lsp" },
  filetypes = { "onrecord" },
  root_markers = { ".git" },
})
vim.lsp.enable("onrecord")

vim.api.nvim_create_autocmd("FileType", {
  pattern = "onrecord",
  callback = function(event)
    vim.bo[event.buf].commentstring = "# %s"
    vim.bo[event.buf].expandtab = true
    vim.bo[event.buf].shiftwidth = 2
    -- Colours at once, and folds, if the tree-sitter parser is there; the server colours in any case.
    if pcall(vim.treesitter.start, event.buf, "onrecord") then
      vim.wo[0][0].foldmethod = "expr"
      vim.wo[0][0].foldexpr = "v:lua.vim.treesitter.foldexpr()"
      vim.wo[0][0].foldlevel = 99
    end
  end,
})

vim.api.nvim_create_autocmd("LspAttach", {
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= "onrecord" then
      return
    end
    vim.diagnostic.config({ virtual_text = true })
    vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    vim.lsp.completion.enable(true, client.id, event.buf, { autotrigger = true })
    -- What the scenarios came to stands over each rule; run the one under the cursor.
    vim.lsp.codelens.refresh({ bufnr = event.buf })
    vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, {
      buffer = event.buf,
      callback = function()
        vim.lsp.codelens.refresh({ bufnr = event.buf })
      end,
    })
    vim.keymap.set("n", "grl", vim.lsp.codelens.run, { buffer = event.buf, desc = "Run or explain" })
    vim.keymap.set("n", "grf", vim.lsp.buf.format, { buffer = event.buf, desc = "Lay out the file" })
    -- Neovim's own: K card, grn rename, gra fix, grr who uses it, gO outline.
  end,
})

-- What a run or an explanation found, in a window of its own. Neovim asks the server for a command and drops the answer.
vim.api.nvim_create_autocmd("LspAttach", {
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= "onrecord" then
      return
    end
    for _, name in ipairs({ "onrecord.runTest", "onrecord.explain" }) do
      client.commands[name] = function(command)
        client:request("workspace/executeCommand", command, function(_, page)
          if page then
            vim.lsp.util.open_floating_preview(vim.split(page.text, "\n"), "markdown", { border = "single" })
          end
        end)
      end
    end
  end,
})
