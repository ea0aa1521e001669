#include "value_candidates.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "idi/core/text.hpp"
#include "numbers.hpp"
#include "tokens.hpp"
#include "value_aliases.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_cell_ngram = 6;
constexpr std::size_t max_lower_span = 4;
constexpr int max_hits = 64;
constexpr int max_word_hits = 512;

// Scores by kind: only their order matters, for the budget.
constexpr double quoted_score = 5.0;
constexpr double digits_score = 4.0;
constexpr double date_score = 3.8;
constexpr double cell_score = 3.0;
constexpr double alias_score = 2.5;
constexpr double span_score = 2.0;
constexpr double number_word_score = 2.0;
constexpr double flag_score = 1.2;
constexpr double weak_score = 1.0;

constexpr auto words_before_spans = std::to_array<std::string_view>({
    "in",
    "from",
    "named",
    "called",
    "titled",
    "by",
    "of",
    "for",
    "at",
    "to",
    "on",
    "with",
    "name",
    "title",
    "like",
    "containing",
    "contains",
    "about",
});
constexpr auto words_before_texts = std::to_array<std::string_view>({
    "letter",
    "letters",
    "word",
    "words",
    "substring",
    "character",
    "characters",
    "phrase",
    "prefix",
    "suffix",
    "string",
    "named",
    "called",
    "titled",
});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_all_upper(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == '.' || (c >= '0' && c <= '9');
         });
}

class Finder {
 public:
  Finder(std::string_view question, const std::vector<QuestionToken>& tokens,
         const std::vector<ItemMatches>& matches, const ValueSources& sources)
      : question_(question),
        tokens_(tokens),
        matches_(matches),
        sources_(sources),
        index_(sources.cells),
        names_(sources.names) {}

  std::vector<ValueCandidate> run(int max_values) {
    quoted();
    cells();
    numbers();
    spans();
    flags();
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
        add_columns_with_words(begin, end);
      }
    }
  }

  /// Longest first: what lies inside a longer cell is part of its name.
  void cells() {
    const std::size_t longest = std::min(max_cell_ngram, tokens_.size());
    for (std::size_t length = longest; length >= 1; --length) {
      for (std::size_t begin = 0; begin + length <= tokens_.size(); ++begin) {
        const std::size_t end = begin + length;
        if (!is_covered(begin, end, ValueKind::cell)) cell(begin, end);
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
    if (!name || capital) add_cells(index_.lookup(text, max_hits), begin, end, score);
    if (is_stopword(tokens_[begin].lower) && !is_all_upper(tokens_[begin].text)) return;
    for (const std::string_view other : aliases(begin, end)) {
      const double alias = other.size() == 1 ? alias_score - 0.2 : alias_score;
      if (add_cells(index_.lookup(other, max_hits), begin, end, alias)) return;
    }
  }

  /// Of the phrase, or of its singular ("professors").
  [[nodiscard]] std::vector<std::string_view> aliases(std::size_t begin, std::size_t end) const {
    std::string key = phrase_key(tokens_, begin, end);
    auto found = aliases_of(key);
    if (found.empty() && key.size() > 3 && key.back() == 's') {
      key.pop_back();
      found = aliases_of(key);
    }
    return found;
  }

  /// Stopwords are no cells, but "US" and "IT" are.
  [[nodiscard]] bool is_function_words(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const bool function = is_stopword(tokens_[i].lower) || is_asking_word(tokens_[i].lower);
      const bool letter = tokens_[i].text == "A" && !is_sentence_start(i);  // a grade, a class
      if (!function || is_all_upper(tokens_[i].text) || letter) return false;
    }
    return true;
  }

  /// Every content word with a capital, and not only for standing first in the sentence.
  [[nodiscard]] bool is_capitalised(std::size_t begin, std::size_t end) const {
    bool any = false;
    for (std::size_t i = begin; i < end; ++i) {
      if (is_stopword(tokens_[i].lower) && end > begin + 1) continue;
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
      if (number->ordinal && is_part_of_name(i)) {  // "first name"
        ++i;
        continue;
      }
      add(ValueKind::number, number->text, i, number->token_end, score);
      i = number->token_end;
    }
  }

  /// Does the word belong to an n-gram of several words that is a whole name?
  [[nodiscard]] bool is_part_of_name(std::size_t i) const {
    return i + 1 < tokens_.size() &&
           std::any_of(matches_.begin(), matches_.end(), [&](const ItemMatches& each) {
             return each.tokens[i] >= NameMatch::synonym && each.tokens[i + 1] == each.tokens[i];
           });
  }

  /// Words that are no cell but stand where a value stands: with capitals, after "the letter",
  /// after a preposition, or naming a person or place that WordNet knows.
  void spans() {
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t end = i + 1;
      if (i > 0 && is_one_of(words_before_texts, tokens_[i - 1].lower) && !is_any_value(i, end) &&
          tokens_[i].lower != "is" && tokens_[i].lower != "in" && tokens_[i].lower != "of") {
        add_span(i, end, span_score);
      } else if (starts_span(i)) {
        end = end_of_span(i);
        const bool name = end == i + 1 && names_.is_name(tokens_[i].stem);
        if (!is_any_value(i, end) && !name) add_span(i, end, span_score);
      } else if (const std::size_t last = end_of_lower_span(i); last > i) {
        end = last;
        add_span(i, end, weak_score * 0.8);
      }
      i = end;
    }
  }

  [[nodiscard]] bool is_any_value(std::size_t begin, std::size_t end) const {
    return std::any_of(found_.begin(), found_.end(), [&](const ValueCandidate& each) {
      return each.token_begin <= static_cast<int>(begin) && each.token_end >= static_cast<int>(end);
    });
  }

  void add_span(std::size_t begin, std::size_t end, double score) {
    add(ValueKind::span, text::to_valid_utf8(slice(begin, end)), begin, end, score);
    add_columns_with_words(begin, end);
  }

  /// To the candidate added last: columns where some cells hold all of its words ("Gatwick" in
  /// "London Gatwick"); the cell, where there is one only.
  void add_columns_with_words(std::size_t begin, std::size_t end) {
    if (found_.empty() || !found_.back().columns.empty()) return;
    using Place = std::pair<ColumnRef, std::string>;
    std::set<Place> places;
    bool first = true;
    for (std::size_t i = begin; i < end; ++i) {
      if (is_stopword(tokens_[i].lower)) continue;
      std::set<Place> here;
      for (CellHit& hit : index_.lookup_word(tokens_[i].text, max_word_hits)) {
        Place place{hit.column, std::move(hit.cell)};
        if (first || places.contains(place)) here.insert(std::move(place));
      }
      places = std::move(here);
      first = false;
    }
    ValueCandidate& candidate = found_.back();
    for (const auto& [column, cell] : places) {
      if (!candidate.columns.empty() && candidate.columns.back() == column) {
        candidate.cells.back() = candidate.text;  // several: which one is not known
      } else {
        candidate.columns.push_back(column);
        candidate.cells.push_back(cell);
      }
    }
  }

  [[nodiscard]] std::size_t end_of_span(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < tokens_.size() && continues_span(end)) ++end;
    while (end > begin + 1 && is_stopword(tokens_[end - 1].lower)) --end;
    return end;
  }

  /// `begin` if no such span starts here.
  [[nodiscard]] std::size_t end_of_lower_span(std::size_t begin) const {
    const std::size_t last = std::min(tokens_.size(), begin + max_lower_span);
    std::string lemma;
    std::size_t end = begin;
    for (std::size_t i = begin; i < last; ++i) {
      if (i > begin) lemma += ' ';
      lemma += tokens_[i].lower;
      const bool whole = !is_stopword(tokens_[begin].lower) && !is_any_value(i, i + 1);
      const bool named = !names_.is_name(tokens_[i].stem) && !names_.is_name_word(tokens_[i].stem);
      if (whole && (named || i > begin) && sources_.wordnet.is_proper_name(lemma)) end = i + 1;
    }
    if (end > begin || begin == 0) return end;
    if (!is_one_of(words_before_spans, tokens_[begin - 1].lower)) return begin;
    while (end < last && is_unknown_content(end)) ++end;
    return end;
  }

  /// Neither grammar nor schema nor another value.
  [[nodiscard]] bool is_unknown_content(std::size_t i) const {
    const QuestionToken& token = tokens_[i];
    return token.stem.size() >= 3 && !is_stopword(token.lower) && !is_asking_word(token.lower) &&
           !names_.is_name(token.stem) && !names_.is_name_word(token.stem) &&
           !is_number_text(token.stem) && !is_any_value(i, i + 1) && !is_name_like(i) &&
           !starts_upper(token.text);
  }

  /// Does the word mean a table or column by a synonym?
  [[nodiscard]] bool is_name_like(std::size_t i) const {
    return std::any_of(matches_.begin(), matches_.end(), [i](const ItemMatches& each) {
      return each.tokens[i] >= NameMatch::synonym;
    });
  }

  /// Yes-or-no columns that the question speaks of.
  void flags() {
    for (const FlagColumn& flag : sources_.flags) {
      const auto table = static_cast<std::size_t>(flag.column.table);
      const Item item = static_cast<Item>(sources_.first_columns.size()) +
                        sources_.first_columns[table] + flag.column.column;
      const auto match =
          std::lower_bound(matches_.begin(), matches_.end(), item,
                           [](const ItemMatches& each, Item wanted) { return each.item < wanted; });
      if (match == matches_.end() || match->item != item) continue;
      const auto best = std::max_element(match->tokens.begin(), match->tokens.end());
      if (*best < NameMatch::partial) continue;
      const auto at = static_cast<std::size_t>(best - match->tokens.begin());
      for (const std::string& cell : {flag.yes, flag.no}) {
        if (!cell.empty()) add_flag(flag.column, cell, at);
      }
    }
  }

  void add_flag(ColumnRef column, const std::string& cell, std::size_t at) {
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const ValueCandidate& each) {
      return each.kind == ValueKind::cell && each.text == cell &&
             each.token_begin == static_cast<int>(at);
    });
    if (same == found_.end()) {
      add_cells({{column, cell}}, at, at + 1, flag_score);
    } else if (std::find(same->columns.begin(), same->columns.end(), column) ==
               same->columns.end()) {
      same->columns.push_back(column);
      same->cells.push_back(cell);
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

  std::string_view question_;
  const std::vector<QuestionToken>& tokens_;
  const std::vector<ItemMatches>& matches_;
  const ValueSources& sources_;
  const ValueIndex& index_;
  const NameIndex& names_;
  std::vector<ValueCandidate> found_;
};

}  // namespace

std::vector<ValueCandidate> find_values(std::string_view question,
                                        const std::vector<QuestionToken>& tokens,
                                        const std::vector<ItemMatches>& names,
                                        const ValueSources& sources, int max_values) {
  return Finder(question, tokens, names, sources).run(max_values);
}

}  // namespace idi::link
