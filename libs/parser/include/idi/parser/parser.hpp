// The built-in neural semantic parser: a linked question in, ranked SQL candidates out.
// RAT-SQL encoder (arXiv 1911.04942), grammar-masked pointer decoder, beam search.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/confidence/confidence.hpp"
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

/// How likely the query uses each of a linked question's tables and columns, 0–1: the encoder's
/// opinion, before any decoding. A table is used where one of its columns is, or it itself.
struct Relevance {
  std::vector<double> tables;   ///< As long as LinkedQuestion::tables.
  std::vector<double> columns;  ///< As long as LinkedQuestion::columns.
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
  /// Costs the encoder only, a part of parse(). Empty lists for a question that links to nothing.
  /// Errors: unanswerable (it has no words), timeout, cancelled.
  [[nodiscard]] virtual Result<Relevance> relevance(const link::LinkedQuestion& question,
                                                    const link::Linker& linker, Deadline deadline,
                                                    std::stop_token stop) const = 0;
  /// Trained with these weights, or the standard one. Lives as long as the parser.
  [[nodiscard]] virtual const Selector& selector() const;
  /// Fitted to this parser's answers; null: the file has none. Lives as long as the parser.
  [[nodiscard]] virtual const confidence::Model* confidence() const { return nullptr; }
  /// Model name, sizes, training facts from the file, for `idi doctor`.
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace idi::parser
