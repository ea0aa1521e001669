#include "value_candidates.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "idi/core/text.hpp"
#include "numbers.hpp"
#include "tokens.hpp"
#include "value_aliases.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_cell_ngram = 6;
constexpr int max_hits = 64;

// Scores by kind: only their order matters, for the budget.
constexpr double quoted_score = 5.0;
constexpr double digits_score = 4.0;
constexpr double date_score = 3.8;
constexpr double cell_score = 3.0;
constexpr double alias_score = 2.5;
constexpr double span_score = 2.0;
constexpr double number_word_score = 2.0;
constexpr double weak_score = 1.0;

constexpr auto words_before_spans = std::to_array<std::string_view>({
    "in",   "from", "named", "called", "titled", "by",         "of",       "for",
    "at",   "to",   "on",    "with",   "as",     "is",         "are",      "was",
    "were", "name", "title", "than",   "like",   "containing", "contains",
});

bool is_all_upper(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == '.' || (c >= '0' && c <= '9');
         });
}

class Finder {
 public:
  Finder(std::string_view question, const std::vector<QuestionToken>& tokens,
         const ValueIndex& index, const NameIndex& names)
      : question_(question), tokens_(tokens), index_(index), names_(names) {}

  std::vector<ValueCandidate> run(int max_values) {
    quoted();
    cells();
    numbers();
    spans();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.score > b.score; });
    if (found_.size() > static_cast<std::size_t>(std::max(0, max_values))) {
      found_.resize(static_cast<std::size_t>(std::max(0, max_values)));
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::string_view slice(std::size_t begin, std::size_t end) const {
    return question_.substr(tokens_[begin].begin, tokens_[end - 1].end - tokens_[begin].begin);
  }

  [[nodiscard]] bool is_covered(std::size_t begin, std::size_t end, ValueKind kind) const {
    return std::any_of(found_.begin(), found_.end(), [&](const ValueCandidate& each) {
      return each.kind == kind && each.token_begin <= static_cast<int>(begin) &&
             each.token_end >= static_cast<int>(end);
    });
  }

  void add(ValueKind kind, std::string text, std::size_t begin, std::size_t end, double score) {
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const ValueCandidate& each) {
      return each.text == text && each.token_begin <= static_cast<int>(begin) &&
             each.token_end >= static_cast<int>(end);
    });
    if (known || text.empty()) return;
    ValueCandidate candidate;
    candidate.kind = kind;
    candidate.text = std::move(text);
    candidate.token_begin = static_cast<int>(begin);
    candidate.token_end = static_cast<int>(end);
    candidate.score = score;
    found_.push_back(std::move(candidate));
  }

  /// One candidate for all hits; its text is the spelling that most columns have.
  bool add_cells(const std::vector<CellHit>& hits, std::size_t begin, std::size_t end,
                 double score) {
    if (hits.empty()) return false;
    std::map<std::string, int> spellings;
    for (const CellHit& hit : hits) ++spellings[hit.cell];
    const std::string* text = &hits.front().cell;
    for (const auto& [spelling, count] : spellings) {
      if (count > spellings[*text]) text = &spelling;
    }
    ValueCandidate candidate;
    candidate.kind = ValueKind::cell;
    candidate.text = *text;
    candidate.token_begin = static_cast<int>(begin);
    candidate.token_end = static_cast<int>(end);
    candidate.score = score;
    for (const CellHit& hit : hits) {
      if (std::find(candidate.columns.begin(), candidate.columns.end(), hit.column) ==
          candidate.columns.end()) {
        candidate.columns.push_back(hit.column);
        candidate.cells.push_back(hit.cell);
      }
    }
    found_.push_back(std::move(candidate));
    return true;
  }

  void quoted() {
    for (const QuotedRange& range : quoted_ranges(question_)) {
      std::size_t begin = 0;
      while (begin < tokens_.size() && tokens_[begin].begin < range.begin) ++begin;
      std::size_t end = begin;
      while (end < tokens_.size() && tokens_[end].end <= range.end) ++end;
      if (end == begin) continue;
      const std::string_view text =
          text::trim(question_.substr(range.begin, range.end - range.begin));
      if (!add_cells(index_.lookup(text, max_hits), begin, end, quoted_score)) {
        add(ValueKind::quoted, text::to_valid_utf8(text), begin, end, quoted_score);
      }
    }
  }

  /// Longest first: what lies inside a longer cell is part of its name.
  void cells() {
    const std::size_t longest = std::min(max_cell_ngram, tokens_.size());
    for (std::size_t length = longest; length >= 1; --length) {
      for (std::size_t begin = 0; begin + length <= tokens_.size(); ++begin) {
        const std::size_t end = begin + length;
        if (is_covered(begin, end, ValueKind::cell) || is_covered(begin, end, ValueKind::quoted)) {
          continue;
        }
        cell(begin, end);
      }
    }
  }

  void cell(std::size_t begin, std::size_t end) {
    if (is_function_words(begin, end)) return;
    const std::string_view text = slice(begin, end);
    const bool capital = is_capitalised(begin, end);
    const bool name = names_.is_name(stem_key(tokens_, begin, end));
    const double score =
        cell_score + 0.2 * static_cast<double>(end - begin) + (capital ? 0.5 : 0.0);
    if (!(name && !capital)) {
      if (add_cells(index_.lookup(text, max_hits), begin, end, score)) return;
    }
    for (const std::string_view other : aliases_of(phrase_key(tokens_, begin, end))) {
      const bool one_letter = other.size() == 1;
      if (add_cells(index_.lookup(other, max_hits), begin, end,
                    one_letter ? alias_score - 0.2 : alias_score)) {
        return;
      }
    }
  }

  /// Stopwords are no cells, but "US" and "IT" are.
  [[nodiscard]] bool is_function_words(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const bool function = is_stopword(tokens_[i].lower) || is_asking_word(tokens_[i].lower);
      if (!function || is_all_upper(tokens_[i].text)) return false;
    }
    return true;
  }

  /// Every content word with a capital, and not only for standing first in the sentence.
  [[nodiscard]] bool is_capitalised(std::size_t begin, std::size_t end) const {
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) {
      if (is_stopword(tokens_[i].lower)) continue;
      if (!starts_upper(tokens_[i].text)) return false;
      any = any || !is_sentence_start(i) || is_all_upper(tokens_[i].text);
    }
    return any;
  }

  [[nodiscard]] bool is_sentence_start(std::size_t i) const {
    if (i == 0) return true;
    const std::string_view between =
        question_.substr(tokens_[i - 1].end, tokens_[i].begin - tokens_[i - 1].end);
    return between.find_first_of(".?!") != std::string_view::npos;
  }

  void numbers() {
    for (std::size_t i = 0; i < tokens_.size();) {
      if (const auto date = date_at(tokens_, i)) {
        add(ValueKind::date, date->iso, i, date->token_end, date_score);
        i = date->token_end;
        continue;
      }
      const auto number = number_at(tokens_, i);
      if (!number) {
        ++i;
        continue;
      }
      const bool in_cell = is_covered(i, number->token_end, ValueKind::cell);
      double score = number->in_words ? number_word_score : digits_score;
      if (number->text == "1" && number->in_words) score = weak_score;
      if (number->ordinal || in_cell) score = weak_score;
      add(ValueKind::number, number->text, i, number->token_end, score);
      i = number->token_end;
    }
  }

  /// Capitalised words that are no cell; unknown words after a preposition.
  void spans() {
    for (std::size_t i = 0; i < tokens_.size();) {
      if (!starts_span(i)) {
        lower_span(i);
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < tokens_.size() && continues_span(end)) ++end;
      while (end > i + 1 && is_stopword(tokens_[end - 1].lower)) --end;
      const bool known = is_covered(i, end, ValueKind::cell) ||
                         is_covered(i, end, ValueKind::quoted) ||
                         is_covered(i, end, ValueKind::date);
      if (!known && !(end == i + 1 && names_.is_name(tokens_[i].stem))) {
        add(ValueKind::span, text::to_valid_utf8(slice(i, end)), i, end, span_score);
      }
      i = end;
    }
  }

  [[nodiscard]] bool starts_span(std::size_t i) const {
    const QuestionToken& token = tokens_[i];
    if (!starts_upper(token.text)) return false;
    if (is_all_upper(token.text)) return true;
    return !is_sentence_start(i) && !is_stopword(token.lower);
  }

  [[nodiscard]] bool continues_span(std::size_t i) const {
    const QuestionToken& token = tokens_[i];
    const std::string_view between =
        question_.substr(tokens_[i - 1].end, token.begin - tokens_[i - 1].end);
    if (between.find_first_of(",;?!:()\"") != std::string_view::npos) return false;
    if (starts_upper(token.text)) return true;
    const bool joins = token.lower == "of" || token.lower == "the" || token.lower == "and" ||
                       token.lower == "for" || token.lower == "de";
    return joins && i + 1 < tokens_.size() && starts_upper(tokens_[i + 1].text) &&
           token.lower != "and";
  }

  void lower_span(std::size_t i) {
    if (i == 0 || tokens_[i].stem.size() < 3) return;
    const QuestionToken& token = tokens_[i];
    const bool after = std::find(words_before_spans.begin(), words_before_spans.end(),
                                 tokens_[i - 1].lower) != words_before_spans.end();
    if (!after || is_stopword(token.lower) || is_asking_word(token.lower) ||
        names_.is_name(token.stem) || names_.is_name_word(token.stem) ||
        is_number_text(token.stem) || is_covered(i, i + 1, ValueKind::cell) ||
        is_covered(i, i + 1, ValueKind::quoted) || is_covered(i, i + 1, ValueKind::date) ||
        is_covered(i, i + 1, ValueKind::number)) {
      return;
    }
    add(ValueKind::span, token.text, i, i + 1, weak_score * 0.8);
  }

  std::string_view question_;
  const std::vector<QuestionToken>& tokens_;
  const ValueIndex& index_;
  const NameIndex& names_;
  std::vector<ValueCandidate> found_;
};

}  // namespace

std::vector<ValueCandidate> find_values(std::string_view question,
                                        const std::vector<QuestionToken>& tokens,
                                        const ValueIndex& index, const NameIndex& names,
                                        int max_values) {
  return Finder(question, tokens, index, names).run(max_values);
}

}  // namespace idi::link
