// A query in the parser's output language, by whoever wrote it, as a candidate: its values looked
// up in the question and the cells, its SQL written.
#pragma once

#include <memory>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/linker.hpp"
#include "idi/parser/candidate.hpp"
#include "idi/sql/ir_tokens.hpp"

namespace idi::parser {

/// For one question; remembers what it looked up. Its arguments must outlive it. One thread.
class CandidateReader {
 public:
  CandidateReader(const link::LinkedQuestion& question, const link::Linker& linker,
                  Dialect dialect);
  ~CandidateReader();
  CandidateReader(CandidateReader&&) noexcept;
  CandidateReader& operator=(CandidateReader&&) = delete;

  /// The probabilities are left 0. Errors: invalid_argument (against the grammar), unanswerable
  /// (values that make no sense, tables that cannot be joined).
  [[nodiscard]] Result<Candidate> read(std::vector<ir::Token> tokens);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace idi::parser
