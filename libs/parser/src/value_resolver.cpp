// Looking up: which cell a value means. What the query then looks like is query_rewriter.cpp.
#include "value_resolver.hpp"

#include <algorithm>
#include <array>

#include "idi/core/text.hpp"
#include "idi/temporal/phrases.hpp"

namespace idi::parser {

namespace {

constexpr int max_hits = 64;
constexpr int max_ngram_tokens = 4;
/// closest_cell may read every cell of a column: a question's n-grams are tried up to this number.
constexpr int max_ngrams_tried = 48;
constexpr int max_flag_cells = 4;

constexpr std::array stop_words = {
    "a",     "an",    "and",  "are",  "as",     "at",   "be",   "by",    "did",   "do",
    "does",  "each",  "for",  "from", "give",   "had",  "has",  "have",  "how",   "in",
    "is",    "it",    "its",  "list", "many",   "me",   "more", "most",  "much",  "of",
    "on",    "or",    "show", "tell", "than",   "that", "the",  "their", "there", "these",
    "they",  "those", "to",   "was",  "were",   "what", "when", "where", "which", "who",
    "whose", "with",  "find", "all",  "what's", "i",    "you",  "we",    "please"};

bool is_stop_word(std::string_view lower) {
  return std::find(stop_words.begin(), stop_words.end(), lower) != stop_words.end();
}

}  // namespace

std::string ValueResolver::words(int token_begin, int token_end) const {
  if (token_begin >= token_end || token_begin < 0 ||
      token_end > static_cast<int>(question_.tokens.size()))
    return {};
  const std::size_t begin = question_.tokens[static_cast<std::size_t>(token_begin)].begin;
  const std::size_t end = question_.tokens[static_cast<std::size_t>(token_end) - 1].end;
  return question_.question.substr(begin, end - begin);
}

std::optional<std::string> ValueResolver::exact_cell(ColumnRef column, const std::string& phrase) {
  if (phrase.empty()) return std::nullopt;
  const auto [place, is_new] = exact_.try_emplace({schema_.flat_index(column), phrase});
  if (is_new) {
    for (auto& hit : index_.lookup(phrase, max_hits)) {
      if (hit.column != column) continue;
      // Several cells may fold to one phrase ("US", "us"): the one written alike is meant.
      if (!place->second || hit.cell == phrase) place->second = std::move(hit.cell);
    }
  }
  return place->second;
}

std::optional<std::string> ValueResolver::nearest_cell(ColumnRef column,
                                                       const std::string& phrase) {
  if (phrase.empty()) return std::nullopt;
  const auto [place, is_new] = nearest_.try_emplace({schema_.flat_index(column), phrase});
  if (is_new) place->second = index_.closest_cell(column, phrase);
  return place->second;
}

bool ValueResolver::has_cells(ColumnRef column) {
  const auto [place, is_new] = has_cells_.try_emplace(schema_.flat_index(column));
  if (is_new) place->second = !index_.cells(column, 1).empty();
  return place->second;
}

ValueResolver::Spelling ValueResolver::spell(const link::ValueCandidate& candidate,
                                             ColumnRef column) {
  for (std::size_t i = 0; i < candidate.columns.size() && i < candidate.cells.size(); ++i)
    if (candidate.columns[i] == column) return {candidate.cells[i], true};
  const std::string said = words(candidate.token_begin, candidate.token_end);
  if (auto cell = exact_cell(column, candidate.text)) return {*cell, true};
  if (auto cell = exact_cell(column, said)) return {*cell, true};
  if (candidate.kind == link::ValueKind::date)  // The nearest cell is another day.
    return {candidate.text, schema_.column(column).type == ColumnType::time || !has_cells(column)};
  if (auto cell = nearest_cell(column, candidate.text)) return {*cell, true};
  if (auto cell = nearest_cell(column, said)) return {*cell, true};
  return {candidate.text, !has_cells(column)};
}

int ValueResolver::time_around(int candidate) const {
  const auto& values = question_.values;
  const auto& inner = values[static_cast<std::size_t>(candidate)];
  const auto around = [&inner](const link::ValueCandidate& each) {
    return each.kind == link::ValueKind::date && each.token_begin <= inner.token_begin &&
           inner.token_begin < inner.token_end && inner.token_end <= each.token_end;
  };
  if (inner.kind == link::ValueKind::date || temporal::day_span(inner.text)) return candidate;
  const auto found = std::find_if(values.begin(), values.end(), around);
  return found == values.end() ? candidate : static_cast<int>(found - values.begin());
}

std::optional<std::string> ValueResolver::any_cell(ColumnRef column,
                                                   const std::vector<bool>& used_tokens) {
  const auto count = static_cast<int>(question_.tokens.size());
  const auto linked = [&](int token) {
    const std::size_t columns = question_.columns.size();
    for (std::size_t c = 0; c < columns; ++c)
      if (question_.token_column[static_cast<std::size_t>(token) * columns + c] ==
          link::NameMatch::exact)
        return true;
    return false;
  };
  std::optional<std::string> best;
  double best_score = 0;
  int tried = 0;
  for (int length = max_ngram_tokens; length > 0; --length)
    for (int first = 0; first + length <= count && tried < max_ngrams_tried; ++first) {
      const auto& begin = question_.tokens[static_cast<std::size_t>(first)];
      const auto& last = question_.tokens[static_cast<std::size_t>(first + length) - 1];
      if (is_stop_word(begin.lower) || is_stop_word(last.lower)) continue;
      if (std::any_of(used_tokens.begin() + first, used_tokens.begin() + first + length,
                      [](bool used) { return used; }))
        continue;
      ++tried;
      const std::string phrase = words(first, first + length);
      const auto cell = nearest_cell(column, phrase);
      if (!cell) continue;
      double score = 1 + 0.1 * length;
      if (text::fold_case(phrase) == text::fold_case(text::trim(*cell))) score += 2;
      for (int token = first; token < first + length; ++token)
        if (linked(token)) score -= 0.5 / length;
      if (score > best_score) {
        best_score = score;
        best = cell;
      }
    }
  return best;
}

std::optional<std::string> ValueResolver::flag_cell(ColumnRef column) {
  const auto cells = index_.cells(column, max_flag_cells);
  if (static_cast<int>(cells.size()) == max_flag_cells) return std::nullopt;
  for (const std::string& cell : cells) {
    const std::string folded = text::fold_case(text::trim(cell));
    if (folded == "yes" || folded == "y" || folded == "true" || folded == "t" || folded == "1")
      return cell;
  }
  return std::nullopt;
}

std::string ValueResolver::unused_words(const std::vector<bool>& used_tokens) const {
  const std::size_t columns = question_.columns.size();
  const std::size_t tables = question_.tables.size();
  std::string best;
  std::size_t best_length = 0;
  std::size_t first = 0;
  // The longest run of words that name nothing.
  for (std::size_t i = 0; i <= question_.tokens.size(); ++i) {
    bool free =
        i < question_.tokens.size() && !used_tokens[i] && !is_stop_word(question_.tokens[i].lower);
    for (std::size_t c = 0; free && c < columns; ++c)
      free = question_.token_column[i * columns + c] == link::NameMatch::none;
    for (std::size_t t = 0; free && t < tables; ++t)
      free = question_.token_table[i * tables + t] == link::NameMatch::none;
    if (free) continue;
    if (i - first > best_length) {
      best_length = i - first;
      best = words(static_cast<int>(first), static_cast<int>(i));
    }
    first = i + 1;
  }
  return best;
}

}  // namespace idi::parser
