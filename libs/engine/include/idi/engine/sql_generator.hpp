// Who writes SQL for a linked question. The built-in parser is one; a language model is another.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/engine/event_sink.hpp"
#include "idi/link/linker.hpp"
#include "idi/parser/candidate.hpp"
#include "idi/parser/parser.hpp"
#include "idi/parser/selector.hpp"

namespace idi::engine {

struct GenerateOptions {
  int max_candidates = 8;
  Dialect dialect = Dialect::sqlite;
  Deadline deadline = Deadline::never();
  std::stop_token stop;
  std::function<void(const DraftToken&)> on_token;  ///< May be empty: nobody watches.
};

/// The tree comes with the text, because choosing and explaining read it.
using SqlCandidate = parser::Candidate;

/// Thread-safe after construction.
class SqlGenerator {
 public:
  virtual ~SqlGenerator() = default;
  /// Best first, at most max_candidates, at least one.
  /// Errors: unanswerable (nothing could be written), timeout, cancelled, unavailable.
  [[nodiscard]] virtual Result<std::vector<SqlCandidate>> generate(
      const link::LinkedQuestion& question, const link::Linker& linker,
      const GenerateOptions& options) const = 0;
  /// Fitted to this generator's candidates. Lives as long as the generator.
  [[nodiscard]] virtual const parser::Selector& selector() const = 0;
  /// For `idi doctor` and logs.
  [[nodiscard]] virtual std::string description() const = 0;
};

[[nodiscard]] std::shared_ptr<const SqlGenerator> make_parser_generator(
    std::shared_ptr<const parser::Parser> parser);

}  // namespace idi::engine
