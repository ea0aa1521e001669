// The second phase: which tables, columns and cells a question speaks of, and how much of it is
// understood at all.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bounds.hpp"
#include "idi/answerability/answerability.hpp"
#include "idi/clarification/clarification.hpp"
#include "idi/core/result.hpp"
#include "idi/engine/source.hpp"
#include "idi/link/linked_question.hpp"

namespace idi::engine {

struct Context {
  link::LinkedQuestion linked;
  answerability::WordSupport support;
  std::vector<clarification::Resolution> resolutions;  ///< Those that applied.
  std::vector<std::string> warnings;
};

/// `keywords` are read as if they stood at the question's end; the links are as the resolutions
/// settle them.
/// Errors: unanswerable (nothing in it is of this database), cancelled, timeout.
[[nodiscard]] Result<Context> find_context(const std::string& question,
                                           const std::vector<std::string>& keywords,
                                           std::span<const clarification::Resolution> resolutions,
                                           const Source& source, const Bounds& bounds);

}  // namespace idi::engine
