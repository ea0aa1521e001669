#include "closest_cell.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <vector>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "tokens.hpp"
#include "value_aliases.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_phrase_bytes = 500;
/// Above this a column is a list of names rather than of kinds: word relations would find anything.
constexpr std::size_t max_cells_for_relations = 300;
constexpr std::size_t max_words_compared = 24;

/// Lower is nearer; rules below `first_weak` are near enough even if several cells qualify.
enum Rule : int {
  same_text,
  same_folded,
  same_stems,
  alias,
  initials,
  first_weak,
  code_letter = first_weak,
  synonym,
  all_words,
  spelling,
  relative,
  none_near,
};

struct Phrase {
  std::string raw;
  std::string key, stems;
  std::vector<std::string> words;
  std::set<std::string> stem_set;
};

Phrase read(std::string_view text) {
  Phrase phrase;
  phrase.raw = std::string(text::trim(text));
  bool cut = false;
  const auto tokens = tokenize_at_most(phrase.raw, max_words_compared, cut);
  phrase.key = phrase_key(tokens, 0, tokens.size());
  phrase.stems = stem_key(tokens, 0, tokens.size());
  for (const QuestionToken& token : tokens) {
    phrase.words.push_back(token.lower);
    if (!is_stopword(token.lower)) phrase.stem_set.insert(token.stem);
  }
  return phrase;
}

/// "united states of america" → "usa" (function words give no letter).
std::string initials_of(const Phrase& phrase) {
  std::string letters;
  for (const std::string& word : phrase.words) {
    if (!is_stopword(word)) letters += word[0];
  }
  return letters;
}

/// Damerau–Levenshtein (adjacent swaps), at most `limit`, else limit + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::vector<std::size_t> next(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
      least = std::min(least, next[j]);
    }
    if (least > limit) return limit + 1;
    before.swap(row);
    row.swap(next);
  }
  return row[b.size()];
}

/// Letters that may differ; a short word or a number means what it says.
std::size_t spelling_limit(std::string_view phrase) {
  if (phrase.size() < 4 || is_number_text(phrase)) return 0;
  return phrase.size() >= 8 ? 2 : 1;
}

class Comparer {
 public:
  Comparer(std::string_view phrase, const WordNet& wordnet, bool few_cells, bool letters)
      : original_(phrase),
        phrase_(read(phrase)),
        initials_(initials_of(phrase_)),
        wordnet_(wordnet),
        few_cells_(few_cells),
        letters_(letters) {
    for (const std::string_view other : aliases_of(phrase_.key)) aliases_.insert(other);
  }

  [[nodiscard]] bool empty() const { return phrase_.key.empty() && phrase_.raw.empty(); }

  /// The rule and, within a rule, a distance.
  [[nodiscard]] std::pair<int, double> compare(std::string_view text) const {
    if (text::trim(text) == phrase_.raw) return {same_text, text == original_ ? 0.0 : 1.0};
    const Phrase cell = read(text);
    if (cell.key.empty() || phrase_.key.empty()) return {none_near, 0};
    if (cell.key == phrase_.key) return {same_folded, 0};
    if (cell.stems == phrase_.stems) return {same_stems, 0};
    if (aliases_.contains(cell.key)) return {alias, 0};
    if (is_initials(cell)) return {initials, 0};
    if (letters_ && cell.key.size() == 1 && cell.key[0] == phrase_.key[0] &&
        phrase_.words.size() == 1 && !is_number_text(phrase_.key)) {
      return {code_letter, 0};
    }
    return weak(cell);
  }

 private:
  [[nodiscard]] bool is_initials(const Phrase& cell) const {
    if (initials_.size() >= 2 && cell.key == initials_) return true;
    return phrase_.words.size() == 1 && phrase_.key.size() >= 2 && cell.words.size() >= 2 &&
           initials_of(cell) == phrase_.key;
  }

  [[nodiscard]] std::pair<int, double> weak(const Phrase& cell) const {
    if (few_cells_) {
      const WordRelation relation = wordnet_.relation(phrase_.key, cell.key);
      if (relation == WordRelation::synonym) return {synonym, 0};
      if (relation == WordRelation::related) return {relative, 0};
    }
    if (!phrase_.stem_set.empty() && !cell.stem_set.empty()) {
      const auto& few =
          phrase_.stem_set.size() < cell.stem_set.size() ? phrase_.stem_set : cell.stem_set;
      const auto& many = &few == &phrase_.stem_set ? cell.stem_set : phrase_.stem_set;
      if (std::includes(many.begin(), many.end(), few.begin(), few.end())) {
        return {all_words, static_cast<double>(many.size() - few.size())};
      }
    }
    if (const std::size_t limit = spelling_limit(phrase_.key); limit > 0) {
      const std::size_t distance = edit_distance(phrase_.key, cell.key, limit);
      if (distance <= limit) return {spelling, static_cast<double>(distance)};
    }
    return {none_near, 0};
  }

  std::string_view original_;
  Phrase phrase_;
  std::string initials_;
  std::set<std::string_view> aliases_;
  const WordNet& wordnet_;
  bool few_cells_;
  bool letters_;
};

/// A column of one-letter codes: only there does a word stand for its first letter.
bool are_letters(const CellSource& cells) {
  constexpr std::size_t max_codes = 26;
  if (cells.count == 0 || cells.count > max_codes) return false;
  for (std::size_t i = 0; i < cells.count; ++i) {
    if (text::trim(cells.cell(i)).size() > 1) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> closest_cell_of(const CellSource& cells, std::string_view phrase,
                                           const WordNet& wordnet) {
  if (phrase.size() > max_phrase_bytes) return std::nullopt;
  const Comparer comparer(phrase, wordnet, cells.count <= max_cells_for_relations,
                          are_letters(cells));
  if (comparer.empty()) return std::nullopt;
  std::pair<int, double> best{none_near, 0};
  std::size_t best_cell = 0;
  bool tied = false;
  for (std::size_t i = 0; i < cells.count; ++i) {
    const auto distance = comparer.compare(cells.cell(i));
    if (distance.first == none_near || distance > best) continue;
    tied = distance == best;
    if (!tied) {
      best = distance;
      best_cell = i;
    }
    if (best.first == same_text && best.second == 0) break;
  }
  if (best.first == none_near || (tied && best.first >= first_weak)) return std::nullopt;
  return std::string(cells.cell(best_cell));
}

bool is_misspelled(std::string_view folded_phrase, std::string_view folded_cell) {
  const std::size_t limit = spelling_limit(folded_phrase);
  return limit > 0 && edit_distance(folded_phrase, folded_cell, limit) <= limit;
}

}  // namespace idi::link
