// The built-in neural semantic parser: a linked question in, ranked SQL candidates out.
// RAT-SQL encoder (arXiv 1911.04942), grammar-masked pointer decoder, beam search.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/link/linker.hpp"
#include "idi/parser/candidate.hpp"
#include "idi/parser/selector.hpp"

namespace idi::parser {

/// The query that is ahead so far, told after each step of the beam; the next one may differ from
/// it anywhere.
using DraftObserver = std::function<void(std::span<const ir::Token>)>;

struct ParseOptions {
  int beam_width = 8;
  int max_steps = 64;
  Dialect dialect = Dialect::sqlite;
  Deadline deadline = Deadline::never();
  std::stop_token stop;
  DraftObserver on_draft;  ///< May be empty, which costs nothing.
};

/// Immutable after opening; thread-safe.
class Parser {
 public:
  /// Errors: not_found, unreadable, wrong_version (each with the mending hint).
  static Result<std::shared_ptr<const Parser>> open(const std::string& weights_path);
  virtual ~Parser() = default;
  /// Best first, distinct SQL. Errors: unanswerable (nothing could be written), timeout, cancelled.
  [[nodiscard]] virtual Result<std::vector<Candidate>> parse(const link::LinkedQuestion& question,
                                                             const link::Linker& linker,
                                                             const ParseOptions& options) const = 0;
  /// Trained with these weights, or the standard one. Lives as long as the parser.
  [[nodiscard]] virtual const Selector& selector() const;
  /// Model name, sizes, training facts from the file, for `idi doctor`.
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace idi::parser
