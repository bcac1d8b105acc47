; What can be folded: declarations, and the groups in them.

[
  (word)
  (region)
  (source)
  (question)
  (reading)
  (rule)
  (exception)
  (notice)
  (bundle)
  (scenario)
  (someone)
  (group)
] @fold
