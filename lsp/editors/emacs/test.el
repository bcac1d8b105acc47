;;; test.el --- Drives an Emacs without a window -*- lexical-binding: t -*-

;; Opens a policy with a misspelt word, is told so, takes the fix, reads a card, renames across files. Called by the matrix, after the recipe.

(require 'cl-lib)
(require 'flymake)

;; Without a window nobody can be asked.
(fset 'y-or-n-p (lambda (&rest _) t))

(defvar onrecord-test-folder (getenv "ONRECORD_POLICIES"))

(defun onrecord-test-expect (what holds &optional found)
  (unless holds (error "%s: found %S" what found))
  (princ (format "  ok  %s\n" what)))

(defun onrecord-test-wait (holds)
  "Let the server talk until HOLDS says so, or patience ends."
  (let ((until (+ (float-time) 20)))
    (while (and (not (funcall holds)) (< (float-time) until))
      (accept-process-output nil 0.05))
    (funcall holds)))

(defun onrecord-test-errors ()
  (cl-remove-if-not (lambda (one) (memq (flymake-diagnostic-type one) '(eglot-error :error))) (flymake-diagnostics)))

(defun onrecord-test-go (before word)
  (goto-char (point-min))
  (search-forward (concat before word))
  (goto-char (- (point) (length word))))

(defun onrecord-test-request (method params)
  (jsonrpc-request (eglot-current-server) method params :timeout 20))

(defun onrecord-test-steps ()
  (find-file (expand-file-name "us/us-ca.onr" onrecord-test-folder))
  (onrecord-test-expect "the mode is the recipe's" (eq major-mode 'onrecord-mode) major-mode)
  (apply #'eglot--connect (eglot--guess-contact))
  (flymake-start)
  (onrecord-test-wait #'onrecord-test-errors)
  (let ((errors (onrecord-test-errors)))
    (onrecord-test-expect "a misspelt word is the one error" (= (length errors) 1) errors)
    (let* ((wrong (car errors))
           (text (buffer-substring (flymake-diagnostic-beg wrong) (flymake-diagnostic-end wrong))))
      (onrecord-test-expect "it stands under the word, after a letter that counts as two" (equal text "confidential-comunication") text)
      (onrecord-test-expect "with the word that was meant"
                            (string-match-p "confidential-communication" (flymake-diagnostic-text wrong))
                            (flymake-diagnostic-text wrong))
      (goto-char (flymake-diagnostic-beg wrong))
      (let* ((actions (eglot-code-actions (flymake-diagnostic-beg wrong) (flymake-diagnostic-end wrong) "quickfix"))
             (action (elt actions 0))
             (action (if (plist-get action :edit) action (onrecord-test-request :codeAction/resolve action))))
        (onrecord-test-expect "a fix is offered" action)
        (eglot--apply-workspace-edit (plist-get action :edit)))))
  (onrecord-test-expect "once it is taken the word is mended"
                        (not (string-match-p "confidential-comunication" (buffer-string))))
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (onrecord-test-expect "and nothing is wrong" (onrecord-test-wait (lambda () (null (onrecord-test-errors)))) (onrecord-test-errors))
  (onrecord-test-go "rule " "CIPA-632-7")
  (let ((card (onrecord-test-request :textDocument/hover (eglot--TextDocumentPositionParams))))
    (onrecord-test-expect "the card of a rule gives its citation" (string-match-p "632\\.7(a)" (format "%S" card)) card))
  (onrecord-test-go "uses any of { " "cellular")
  (eglot-rename "on-a-mobile")
  (onrecord-test-expect "a word is renamed where it stands" (string-match-p "any of { on-a-mobile" (buffer-string)))
  (with-current-buffer (find-file-noselect (expand-file-name "vocabulary/facts.onr" onrecord-test-folder))
    (onrecord-test-expect "and in the file that declares it" (string-match-p "on-a-mobile \"" (buffer-string)))))

(princ (format "Emacs %s, eglot %s\n" emacs-version
               (or (ignore-errors (require 'package) (package-get-version)) (bound-and-true-p eglot--version) "as it comes")))
(condition-case why
    (progn (onrecord-test-steps)
           (let ((eglot-autoshutdown nil) (inhibit-message t)) (ignore-errors (eglot-shutdown (eglot-current-server))))
           (kill-emacs 0))
  (error (princ (format "FAILED: %S\n" why)) (kill-emacs 1)))

;;; test.el ends here
