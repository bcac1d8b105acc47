;;; onrecord.el --- OnRecord policies, served by `onrecord lsp' -*- lexical-binding: t -*-

;; Emacs 29 has eglot; for 28 it is in the package archives (M-x package-install eglot). Put this into init.el.

(require 'eglot)

(define-derived-mode onrecord-mode prog-mode "OnRecord"
  "Major mode for policies on recorded conversations."
  (setq-local comment-start "# ")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 2)
  (setq-local font-lock-defaults
              `(((,(rx bol (* blank) (group (or "act" "purpose" "category" "role" "fact" "judgment" "element" "safeguard" "means" "manner"
                                                "artefact" "event" "phase" "recipient" "region" "source" "covers" "question" "define" "rule"
                                                "except" "notice" "form" "bundle" "scenario"))
                      (+ blank) (group (+ (any alnum "-"))))
                  (1 'font-lock-keyword-face) (2 'font-lock-type-face))
                 (,(rx symbol-start (or "prohibit" "require" "unless" "if" "keep" "allow" "provided" "then" "waive" "displaces" "given" "expect")
                       symbol-end)
                  . 'font-lock-keyword-face)))))

(let ((table onrecord-mode-syntax-table))
  (modify-syntax-entry ?# "<" table)
  (modify-syntax-entry ?\n ">" table)
  (modify-syntax-entry ?- "_" table)
  (modify-syntax-entry ?\" "\"" table))

(add-to-list 'auto-mode-alist '("\\.onr\\'" . onrecord-mode))
(add-to-list 'eglot-server-programs '(onrecord-mode . ("onrecord" "lsp")))
(add-hook 'onrecord-mode-hook #'eglot-ensure)

;;; onrecord.el ends here
