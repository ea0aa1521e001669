// The value candidates of one question while they are collected: what they cover, and no text
// twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "idi/link/linked_question.hpp"
#include "idi/link/value_index.hpp"

namespace idi::link {

class CandidateList {
 public:
  /// Both must outlive the list.
  CandidateList(std::string_view question, const std::vector<QuestionToken>& tokens)
      : question_(question), tokens_(tokens) {}

  [[nodiscard]] const std::vector<QuestionToken>& tokens() const { return tokens_; }
  [[nodiscard]] std::string_view question() const { return question_; }
  /// The question's own text of these tokens.
  [[nodiscard]] std::string_view slice(std::size_t begin, std::size_t end) const;
  /// What stands between a token and the one before it.
  [[nodiscard]] std::string_view gap_before(std::size_t token) const;
  [[nodiscard]] bool is_sentence_start(std::size_t token) const;

  [[nodiscard]] bool is_covered(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool is_covered(std::size_t begin, std::size_t end, ValueKind kind) const;

  /// nullptr if the text is empty or known for these tokens; valid until the next one is added.
  ValueCandidate* add(ValueKind kind, std::string text, std::size_t begin, std::size_t end,
                      double score);
  /// One candidate for all hits; its text is the spelling that most columns have. false: no hits.
  bool add_cells(const std::vector<CellHit>& hits, std::size_t begin, std::size_t end,
                 double score);
  /// A cell that no word says; joins the candidate of the same text at the same token.
  void add_unsaid_cell(ColumnRef column, const std::string& cell, std::size_t token, double score);

  /// Best first.
  [[nodiscard]] std::vector<ValueCandidate> take_best(int max_values);

 private:
  std::string_view question_;
  const std::vector<QuestionToken>& tokens_;
  std::vector<ValueCandidate> found_;
};

/// "US", "A.B.": at least two characters.
[[nodiscard]] bool is_all_upper(std::string_view text);

// Scores by kind: only their order matters, for the budget.
inline constexpr double quoted_score = 5.0;
inline constexpr double digits_score = 4.0;
inline constexpr double date_score = 3.8;
inline constexpr double cell_score = 3.0;
inline constexpr double alias_score = 2.5;
inline constexpr double span_score = 2.0;
inline constexpr double number_word_score = 2.0;
inline constexpr double flag_score = 1.2;
inline constexpr double weak_score = 1.0;

}  // namespace idi::link
