// Which words of the question a value came from, and the question asked in other words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "idi/link/linked_question.hpp"
#include "idi/sql/ir.hpp"

namespace idi::verification {

/// Bytes of the question, half-open.
struct AskedSpan {
  std::size_t begin = 0, end = 0;
};

/// By the literal's value candidate, else the words that are written (nearly) like it.
[[nodiscard]] std::optional<AskedSpan> span_of(const ir::Literal& literal,
                                               const link::LinkedQuestion& question);
/// The only date that the question names.
[[nodiscard]] const link::ValueCandidate* only_date(const link::LinkedQuestion& question);
[[nodiscard]] std::optional<AskedSpan> span_of(const link::ValueCandidate& candidate,
                                               const link::LinkedQuestion& question);
[[nodiscard]] std::string words_of(AskedSpan span, const link::LinkedQuestion& question);
[[nodiscard]] std::string asked_with(const link::LinkedQuestion& question, AskedSpan span,
                                     std::string_view replacement);
/// Before the mark at its end: "Which one?" → "Which one (top 3)?"
[[nodiscard]] std::string asked_with_addition(const link::LinkedQuestion& question,
                                              std::string_view addition);

/// What "how many …", "number of …" counts.
enum class Counted { this_table, another, unknown };
[[nodiscard]] Counted counted_in(const link::LinkedQuestion& question, int table);
/// By its whole name.
[[nodiscard]] bool is_named(const link::LinkedQuestion& question, int table);
/// "each", "every", "all", "per"
[[nodiscard]] bool asks_for_each(const link::LinkedQuestion& question);

/// Letters to change, insert, remove or swap; more than `most` gives most + 1. Of folded texts.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

}  // namespace idi::verification
