#include "value_candidates.hpp"

#include <algorithm>

#include "candidate_list.hpp"
#include "idi/core/text.hpp"
#include "idi/temporal/phrases.hpp"
#include "numbers.hpp"
#include "tokens.hpp"
#include "value_aliases.hpp"
#include "value_spans.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_cell_ngram = 6;
constexpr int max_hits = 64;

/// Quoted texts, cells and numbers: what can be told from the words themselves.
class Finder {
 public:
  Finder(CandidateList& list, const std::vector<ItemMatches>& matches, const ValueSources& sources)
      : list_(list),
        tokens_(list.tokens()),
        matches_(matches),
        index_(sources.cells),
        names_(sources.names),
        calendar_(sources.calendar) {}

  void run() {
    quoted();
    cells();
    numbers();
  }

 private:
  void quoted() {
    for (const QuotedRange& range : quoted_ranges(list_.question())) {
      std::size_t begin = 0;
      while (begin < tokens_.size() && tokens_[begin].begin < range.begin) ++begin;
      std::size_t end = begin;
      while (end < tokens_.size() && tokens_[end].end <= range.end) ++end;
      if (end == begin) continue;
      const std::string_view text =
          text::trim(list_.question().substr(range.begin, range.end - range.begin));
      if (list_.add_cells(index_.lookup(text, max_hits), begin, end, quoted_score)) continue;
      auto* value =
          list_.add(ValueKind::quoted, text::to_valid_utf8(text), begin, end, quoted_score);
      if (value != nullptr) add_columns_with_words(*value, tokens_, index_);
    }
  }

  /// Longest first: what lies inside a longer cell is part of its name.
  void cells() {
    const std::size_t longest = std::min(max_cell_ngram, tokens_.size());
    for (std::size_t length = longest; length >= 1; --length) {
      for (std::size_t begin = 0; begin + length <= tokens_.size(); ++begin) {
        const std::size_t end = begin + length;
        if (!list_.is_covered(begin, end, ValueKind::cell)) cell(begin, end);
      }
    }
  }

  void cell(std::size_t begin, std::size_t end) {
    if (is_function_words(begin, end)) return;
    const std::string_view text = list_.slice(begin, end);
    const bool capital = is_capitalised(begin, end);
    const bool name = names_.is_name(stem_key(tokens_, begin, end));
    const bool name_word = end == begin + 1 && names_.is_name_word(tokens_[begin].stem);
    const double score = cell_score + 0.2 * static_cast<double>(end - begin) +
                         (capital     ? 0.5
                          : name_word ? -1.0
                                      : 0.0);
    if (!name || capital) list_.add_cells(index_.lookup(text, max_hits), begin, end, score);
    if (is_stopword(tokens_[begin].lower) && !is_all_upper(tokens_[begin].text)) return;
    for (const std::string_view other : aliases(begin, end)) {
      const double alias = other.size() == 1 ? alias_score - 0.2 : alias_score;
      if (list_.add_cells(index_.lookup(other, max_hits), begin, end, alias)) return;
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
      const bool letter =
          tokens_[i].text == "A" && !list_.is_sentence_start(i);  // a grade, a class
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
      any = any || !list_.is_sentence_start(i) || is_all_upper(tokens_[i].text);
    }
    return any;
  }

  /// Does a table or column have this word as its name, or a synonym ("Mar")?
  [[nodiscard]] bool names_item(std::size_t token) const {
    return std::any_of(matches_.begin(), matches_.end(), [token](const ItemMatches& each) {
      return each.tokens[token] >= NameMatch::synonym;
    });
  }

  [[nodiscard]] std::vector<temporal::Phrase> time_phrases() const {
    std::vector<temporal::Word> words;
    words.reserve(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const bool taken = list_.is_covered(i, i + 1, ValueKind::cell) ||
                         list_.is_covered(i, i + 1, ValueKind::quoted) || names_item(i);
      words.push_back({tokens_[i].text, tokens_[i].lower, taken});
    }
    return temporal::find_phrases(words, calendar_);
  }

  /// Numbers inside a time ("the last 30 days") are none beside it.
  void numbers() {
    const auto times = time_phrases();
    auto time = times.begin();
    for (std::size_t i = 0; i < tokens_.size();) {
      while (time != times.end() && time->begin < i) ++time;
      if (time != times.end() && time->begin == i) {
        list_.add(ValueKind::date, time->text, i, time->end, date_score);
        i = time->end;
        continue;
      }
      const auto number = number_at(tokens_, i);
      if (!number) {
        ++i;
        continue;
      }
      add_number(*number, i);
      i = number->token_end;
    }
  }

  void add_number(const NumberPhrase& number, std::size_t begin) {
    const std::size_t end = number.token_end;
    const bool in_cell = list_.is_covered(begin, end, ValueKind::cell);
    double score = number.in_words ? number_word_score : digits_score;
    if (number.text == "1" && number.in_words) score = weak_score;
    if (number.ordinal || in_cell) score = weak_score;
    if (number.ordinal && names_.is_name_word(tokens_[begin].stem)) return;  // "first name"
    list_.add(ValueKind::number, number.text, begin, end, score);
    // "half of the orders": as a factor, and as the share in percent.
    if (!number.percent.empty()) {
      list_.add(ValueKind::number, number.percent, begin, end, score);
    }
  }

  CandidateList& list_;
  const std::vector<QuestionToken>& tokens_;
  const std::vector<ItemMatches>& matches_;
  const ValueIndex& index_;
  const NameIndex& names_;
  const temporal::Calendar& calendar_;
};

}  // namespace

std::vector<ValueCandidate> find_values(std::string_view question,
                                        const std::vector<QuestionToken>& tokens,
                                        const std::vector<ItemMatches>& names,
                                        const ValueSources& sources, int max_values) {
  CandidateList list(question, tokens);
  Finder(list, names, sources).run();
  add_spans(list, names, sources);
  add_flags(list, names, sources.flags, sources.first_columns);
  return list.take_best(max_values);
}

}  // namespace idi::link
