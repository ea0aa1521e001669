#include "understanding/chart_request.hpp"

#include <array>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "understanding/words.hpp"

namespace idi::engine {
namespace {

using chart::Kind;

bool is_chart_noun(std::string_view word) {
  return one_of(word, {"chart", "charts", "graph", "graphs", "plot", "plots", "diagram", "diagrams",
                       "visualization", "visualisation"});
}

constexpr std::array<std::pair<std::string_view, Kind>, 18> kind_words{{
    {"pie", Kind::pie},
    {"donut", Kind::pie},
    {"doughnut", Kind::pie},
    {"bar", Kind::bar},
    {"bars", Kind::bar},
    {"column", Kind::bar},
    {"line", Kind::line},
    {"lines", Kind::line},
    {"trend", Kind::line},
    {"area", Kind::area},
    {"scatter", Kind::scatter},
    {"histogram", Kind::histogram},
    {"piechart", Kind::pie},
    {"barchart", Kind::bar},
    {"linechart", Kind::line},
    {"scatterplot", Kind::scatter},
    {"table", Kind::table},
    {"curve", Kind::line},
}};

std::optional<Kind> kind_of(std::string_view word) {
  for (const auto& [name, kind] : kind_words) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

/// "horizontal bars", "stacked bar chart".
Kind modified(Kind kind, std::string_view modifier) {
  if (kind == Kind::line && one_of(modifier, {"multi", "multiple", "several"})) {
    return Kind::multi_line;
  }
  if (kind != Kind::bar) return kind;
  if (modifier == "horizontal") return Kind::horizontal_bar;
  if (modifier == "stacked") return Kind::stacked_bar;
  if (modifier == "grouped") return Kind::grouped_bar;
  return kind;
}

/// A picture's name: "a pie", "stacked bar chart", "the graph".
struct Phrase {
  std::optional<Kind> kind;
  std::size_t length = 0;  ///< In words, the article included; 0: there is none here.
  bool is_full = false;    ///< Can mean nothing else: "pie chart", "histogram".
};

bool is_glued(std::string_view word) {
  return one_of(word, {"histogram", "piechart", "barchart", "linechart", "scatterplot"});
}

Phrase phrase_at(const Words& words, std::size_t at, const SchemaNames& names) {
  std::size_t i = at;
  while (one_of(lower_at(words, i), {"a", "an", "the", "some", "simple", "nice", "new"})) ++i;
  std::string_view modifier;
  if (one_of(lower_at(words, i),
             {"horizontal", "vertical", "stacked", "grouped", "multi", "multiple", "several"})) {
    modifier = lower_at(words, i++);
  }
  Phrase phrase;
  if (const auto kind = kind_of(lower_at(words, i))) {
    const bool named = names.has_word(words[i].stem);
    phrase.is_full = is_glued(words[i].lower) && !named;
    ++i;
    if (is_chart_noun(lower_at(words, i)) && *kind != Kind::table) {
      // "line plot" over tables of lines and of plots is about these.
      phrase.is_full = !(named && names.has_word(words[i].stem));
      ++i;
    } else if (named) {
      return {};
    }
    phrase.kind = modified(*kind, modifier);
    phrase.is_full = phrase.is_full || (phrase.kind != kind && !named);
  } else if (modifier.empty() && is_chart_noun(lower_at(words, i)) &&
             !names.has_word(words[i].stem)) {
    phrase.is_full = true;
    ++i;
  } else {
    return {};
  }
  phrase.length = i - at;
  return phrase;
}

bool is_pronoun(std::string_view word) {
  return one_of(word, {"it", "this", "that", "them", "these", "those", "result", "results",
                       "answer", "same"});
}

/// Words of a request that say nothing about the data.
bool is_filler(std::string_view word) {
  return is_pronoun(word) ||
         one_of(word,
                {"please",   "can",     "could",  "would",   "will",    "you",       "i",
                 "we",       "want",    "need",   "to",      "like",    "kindly",    "just",
                 "now",      "let",     "us",     "go",      "and",     "d",         "show",
                 "draw",     "make",    "turn",   "convert", "switch",  "change",    "use",
                 "display",  "render",  "give",   "see",     "view",    "put",       "get",
                 "have",     "try",     "do",     "plot",    "me",      "visualize", "visualise",
                 "present",  "as",      "in",     "into",    "with",    "using",     "a",
                 "an",       "the",     "data",   "again",   "instead", "rather",    "what",
                 "how",      "about",   "for",    "of",      "thanks",  "thank",     "then",
                 "too",      "also",    "maybe",  "better",  "ok",      "okay",      "so",
                 "but",      "kind",    "format", "form",    "is",      "possible",  "last",
                 "previous", "numbers", "s",      "my",      "our",     "on",        "back",
                 "prefer",   "be",      "graph",  "create",  "chart",   "yes",       "no",
                 "not",      "there"});
}

bool is_courtesy(std::string_view word) {
  return one_of(word, {"please", "instead", "now", "thanks", "thank", "you", "too", "again", "then",
                       "for", "me", "us", "format", "form", "view", "rather", "better"});
}

/// A request and nothing else: "show it as a bar chart", "now as a pie, please", "bars instead".
std::optional<Phrase> whole_request(const Words& words, const SchemaNames& names) {
  std::optional<Phrase> found;
  // Words beside which a short name is a picture's; "table" needs more, for "show tables" is a
  // question about the schema.
  const auto has = [&](auto&& fits) {
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return fits(word.lower); });
  };
  const bool turned = has([](const auto& word) {
    return one_of(word, {"as", "to", "into", "in"});
  });
  const bool led =
      turned || has([](const auto& word) {
        return is_pronoun(word) || one_of(word, {"use", "using", "instead", "rather", "please"});
      });
  for (std::size_t i = 0; i < words.size();) {
    const Phrase phrase = phrase_at(words, i, names);
    if (phrase.length > 0) {
      const bool is_led = phrase.kind == Kind::table ? turned : led;
      if (!phrase.is_full && !is_led && phrase.kind != Kind::pie) return std::nullopt;
      if (!found || (phrase.kind && !found->kind)) found = phrase;
      i += phrase.length;
      continue;
    }
    if (!is_filler(words[i].lower)) return std::nullopt;
    ++i;
  }
  // "Plot it": the verb alone.
  const std::size_t first = skip_politeness(words);
  if (!found && words.size() >= 2 &&
      one_of(lower_at(words, first),
             {"plot", "graph", "chart", "draw", "visualize", "visualise"})) {
    found = Phrase{};
  }
  return found;
}

struct Cut {
  std::size_t begin = 0, end = 0;  ///< Words.
  std::optional<Kind> kind;
};

/// "… as a pie", "… in a bar chart please", "…, line chart".
std::optional<Cut> at_the_end(std::string_view question, const Words& words,
                              const SchemaNames& names) {
  std::size_t end = words.size();
  while (end > 0 && is_courtesy(words[end - 1].lower)) --end;
  for (std::size_t i = 1; i < end; ++i) {
    const std::string_view word = words[i].lower;
    const auto gap = question.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
    const bool after_mark = gap.find_first_of(",;:.-(") != std::string_view::npos;
    const bool as = one_of(word, {"as", "into"});
    const bool other = one_of(word, {"in", "with", "using", "on", "via"});
    const Phrase phrase = phrase_at(words, as || other ? i + 1 : i, names);
    const std::size_t stop = i + (as || other ? 1 : 0) + phrase.length;
    if (phrase.length == 0 || stop != end) continue;
    if (as || (phrase.is_full && (other || after_mark))) return Cut{i, words.size(), phrase.kind};
  }
  return std::nullopt;
}

/// "Draw a line chart of …", "pie chart: …", "plot …".
std::optional<Cut> at_the_start(std::string_view question, const Words& words,
                                const SchemaNames& names) {
  std::size_t i = skip_politeness(words);
  const auto is_verb = [&](std::initializer_list<std::string_view> list) {
    return one_of(lower_at(words, i), list) && !names.has_word(words[i].stem);
  };
  if (is_verb({"plot", "graph", "chart", "visualize", "visualise"}) && i + 1 < words.size() &&
      !one_of(lower_at(words, i + 1), {"of", "for", "showing", "with"})) {
    // "Plot a histogram of …" names the picture too.
    const Phrase phrase = phrase_at(words, i + 1, names);
    if (phrase.length == 0) return Cut{0, i + 1, {}};
  }
  while (one_of(lower_at(words, i),
                {"show",     "draw",    "make", "create", "give", "display", "render",  "build",
                 "generate", "produce", "see",  "get",    "have", "paint",   "present", "plot",
                 "me",       "us",      "it",   "as",     "this", "that",    "them"})) {
    ++i;
  }
  const Phrase phrase = phrase_at(words, i, names);
  // "A pie of customers by country": pies are seldom in a schema, and then phrase_at says so.
  const bool is_pie_of =
      phrase.kind == Kind::pie && one_of(lower_at(words, i + phrase.length), {"of", "with"});
  if (phrase.length == 0 || (!phrase.is_full && !is_pie_of)) return std::nullopt;
  i += phrase.length;
  if (one_of(lower_at(words, i), {"by", "per", "over", "across"}) && phrase.kind) {
    return Cut{0, i, phrase.kind};  // of what was asked before
  }
  const std::size_t before = i;
  const bool is_heading =
      i < words.size() &&
      question.substr(words[i - 1].end, words[i].begin - words[i - 1].end).find(':') !=
          std::string_view::npos;
  while (one_of(lower_at(words, i), {"of", "for", "showing", "displaying", "with", "that", "which",
                                     "shows", "to", "show", "about", "from"})) {
    ++i;
  }
  if ((i == before && !is_heading) || i >= words.size()) return std::nullopt;
  return Cut{0, i, phrase.kind};
}

/// Without the words of the cut and the marks around it.
std::string without(std::string_view question, const Words& words, const Cut& cut) {
  if (cut.begin > 0) {
    std::string_view kept = question.substr(0, words[cut.begin].begin);
    while (!kept.empty() &&
           std::string_view(" ,;:-(").find(kept.back()) != std::string_view::npos) {
      kept.remove_suffix(1);
    }
    return std::string(kept);
  }
  std::string_view kept = question.substr(words[cut.end - 1].end);
  while (!kept.empty() && std::string_view(" ,;:-").find(kept.front()) != std::string_view::npos) {
    kept.remove_prefix(1);
  }
  return std::string(kept);
}

bool says_nothing(std::string_view question) {
  const Words words = link::tokenize(question);
  return std::all_of(words.begin(), words.end(),
                     [](const auto& word) { return is_filler(word.lower); });
}

}  // namespace

ChartRequest take_chart_request(std::string_view question, const SchemaNames& names) {
  const Words words = link::tokenize(question);
  if (const auto request = whole_request(words, names)) return {true, request->kind, {}};
  ChartRequest request{false, {}, std::string(question)};
  // "Plot sales per month as a line chart": both ends may speak of it.
  if (const auto cut = at_the_end(question, words, names)) {
    request = {true, cut->kind, without(question, words, *cut)};
  }
  const Words left = link::tokenize(request.rest);
  if (const auto cut = at_the_start(request.rest, left, names)) {
    request = {true, request.kind ? request.kind : cut->kind, without(request.rest, left, *cut)};
  }
  if (request.is_made && says_nothing(request.rest)) request.rest.clear();
  return request;
}

std::string chart_in_words(Kind kind) {
  switch (kind) {
    case Kind::none:
    case Kind::table:
      return "a table";
    case Kind::number:
      return "a number";
    case Kind::line:
      return "a line chart";
    case Kind::multi_line:
      return "a multi line chart";
    case Kind::area:
      return "an area chart";
    case Kind::bar:
      return "a bar chart";
    case Kind::horizontal_bar:
      return "a horizontal bar chart";
    case Kind::stacked_bar:
      return "a stacked bar chart";
    case Kind::grouped_bar:
      return "a grouped bar chart";
    case Kind::pie:
      return "a pie chart";
    case Kind::scatter:
      return "a scatter plot";
    case Kind::histogram:
      return "a histogram";
  }
  return "a chart";
}

}  // namespace idi::engine
