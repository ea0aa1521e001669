#include "value_spans.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "idi/core/text.hpp"
#include "idi/link/days_of_week.hpp"
#include "tokens.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_lower_span = 4;
constexpr int max_word_hits = 512;
constexpr std::size_t shortest_day = 6;           ///< "monday", "friday"
constexpr std::size_t most_days_said_freely = 5;  ///< "weekdays" mean five

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

class SpanFinder {
 public:
  SpanFinder(CandidateList& list, const std::vector<ItemMatches>& matches,
             const ValueSources& sources)
      : list_(list),
        tokens_(list.tokens()),
        matches_(matches),
        sources_(sources),
        names_(sources.names) {}

  void run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t end = i + 1;
      if (follows_text_word(i) && !list_.is_covered(i, end)) {
        add_span(i, end, span_score);
      } else if (starts_span(i)) {
        end = end_of_span(i);
        const bool name = end == i + 1 &&
                          (names_.is_name(tokens_[i].stem) || names_.is_name_word(tokens_[i].stem));
        if (!list_.is_covered(i, end) && !name) add_span(i, end, span_score);
      } else if (const std::size_t last = end_of_lower_span(i); last > i + 1) {
        end = last;
        add_span(i, end, weak_score * 0.8);
      } else if (is_day_of_week(i)) {
        add_span(i, end, span_score);
      } else if (last > i) {
        add_span(i, end, weak_score * 0.8);
      }
      i = end;
    }
  }

 private:
  /// "the letter a", "called it": what follows is text whatever it is, but for grammar.
  [[nodiscard]] bool follows_text_word(std::size_t i) const {
    const std::string& word = tokens_[i].lower;
    return i > 0 && is_one_of(words_before_texts, tokens_[i - 1].lower) && word != "is" &&
           word != "in" && word != "of";
  }

  /// "on fridays", "on weekends". "Sun" and "sat" mean other things where they are lower-case, and
  /// "weekday" mostly asks for the days: "per weekday".
  [[nodiscard]] bool is_day_of_week(std::size_t i) const {
    const std::string& word = tokens_[i].lower;
    const std::size_t meant = days_of_week(word).size();
    if (meant == 0 || word.size() < shortest_day || list_.is_covered(i, i + 1)) return false;
    if (names_.is_name(tokens_[i].stem) || names_.is_name_word(tokens_[i].stem)) return false;
    const auto follows = [&](std::size_t at) {
      return at > 0 && (tokens_[at - 1].lower == "on" || tokens_[at - 1].lower == "during");
    };
    return meant < most_days_said_freely || follows(i) ||
           (i > 0 && tokens_[i - 1].lower == "a" && follows(i - 1));
  }

  void add_span(std::size_t begin, std::size_t end, double score) {
    auto* span =
        list_.add(ValueKind::span, text::to_valid_utf8(list_.slice(begin, end)), begin, end, score);
    if (span != nullptr) add_columns_with_words(*span, tokens_, sources_.cells);
  }

  [[nodiscard]] std::size_t end_of_span(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < tokens_.size() && continues_span(end)) ++end;
    while (end > begin + 1 && is_stopword(tokens_[end - 1].lower)) --end;
    return end;
  }

  /// `begin` if no such span starts here.
  [[nodiscard]] std::size_t end_of_lower_span(std::size_t begin) const {
    if (is_stopword(tokens_[begin].lower) || is_asking_word(tokens_[begin].lower)) return begin;
    const std::size_t last = std::min(tokens_.size(), begin + max_lower_span);
    std::string lemma;
    std::size_t end = begin;
    for (std::size_t i = begin; i < last; ++i) {
      if (i > begin) lemma += ' ';
      lemma += tokens_[i].lower;
      if (list_.is_covered(i, i + 1)) break;
      const bool alone = i == begin;
      const bool name = names_.is_name(tokens_[i].stem) || names_.is_name_word(tokens_[i].stem);
      if (!(alone && name) && sources_.wordnet.is_proper_name(lemma)) end = i + 1;
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
           !is_number_text(token.stem) && !list_.is_covered(i, i + 1) && !is_name_like(i) &&
           !starts_upper(token.text) && (!sources_.has_cells || !is_english(token.lower));
  }

  /// A value in ordinary words would have been found among the cells, if there are any.
  [[nodiscard]] bool is_english(const std::string& word) const {
    return !sources_.wordnet.neighbours(word)->bases.empty();
  }

  /// Does the word mean a table or column by a synonym?
  [[nodiscard]] bool is_name_like(std::size_t i) const {
    return std::any_of(matches_.begin(), matches_.end(), [i](const ItemMatches& each) {
      return each.tokens[i] >= NameMatch::synonym;
    });
  }

  [[nodiscard]] bool starts_span(std::size_t i) const {
    const QuestionToken& token = tokens_[i];
    if (!starts_upper(token.text)) return false;
    if (is_all_upper(token.text)) return true;
    return !list_.is_sentence_start(i) && !is_stopword(token.lower);
  }

  [[nodiscard]] bool continues_span(std::size_t i) const {
    const QuestionToken& token = tokens_[i];
    if (list_.gap_before(i).find_first_of(",;?!:()\"") != std::string_view::npos) return false;
    if (starts_upper(token.text)) return true;
    const bool joins =
        token.lower == "of" || token.lower == "the" || token.lower == "for" || token.lower == "de";
    return joins && i + 1 < tokens_.size() && starts_upper(tokens_[i + 1].text);
  }

  CandidateList& list_;
  const std::vector<QuestionToken>& tokens_;
  const std::vector<ItemMatches>& matches_;
  const ValueSources& sources_;
  const NameIndex& names_;
};

}  // namespace

void add_spans(CandidateList& list, const std::vector<ItemMatches>& names,
               const ValueSources& sources) {
  SpanFinder(list, names, sources).run();
}

void add_columns_with_words(ValueCandidate& candidate, const std::vector<QuestionToken>& tokens,
                            const ValueIndex& index) {
  using Place = std::pair<ColumnRef, std::string>;
  std::set<Place> places;
  bool first = true;
  for (int i = candidate.token_begin; i < candidate.token_end; ++i) {
    const QuestionToken& token = tokens[static_cast<std::size_t>(i)];
    if (is_stopword(token.lower)) continue;
    std::set<Place> here;
    for (CellHit& hit : index.lookup_word(token.text, max_word_hits)) {
      Place place{hit.column, std::move(hit.cell)};
      if (first || places.contains(place)) here.insert(std::move(place));
    }
    places = std::move(here);
    first = false;
  }
  for (const auto& [column, cell] : places) {
    if (!candidate.columns.empty() && candidate.columns.back() == column) {
      candidate.cells.back() = candidate.text;  // several: which one is not known
    } else {
      candidate.columns.push_back(column);
      candidate.cells.push_back(cell);
    }
  }
}

}  // namespace idi::link
