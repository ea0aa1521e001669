#include "understanding/change_request.hpp"

#include <fmt/format.h>

#include "idi/answerability/word_lists.hpp"
#include "idi/core/result.hpp"
#include "idi/link/linker.hpp"
#include "understanding/words.hpp"

namespace idi::engine {
namespace {

bool is_determiner(std::string_view word) {
  return one_of(word, {"all",  "the",   "every", "each",       "any",      "a",        "an",
                       "this", "that",  "these", "those",      "my",       "our",      "his",
                       "her",  "their", "your",  "some",       "one",      "two",      "both",
                       "it",   "them",  "him",   "everything", "everyone", "everybody"});
}

/// What a change of the data or the schema has as its object.
bool is_object(std::string_view word) {
  return is_determiner(word) ||
         one_of(word, {"new",    "into",    "from",       "table",     "database",   "column",
                       "index",  "view",    "row",        "rows",      "record",     "records",
                       "tables", "columns", "old",        "duplicate", "duplicates", "schema",
                       "user",   "trigger", "privileges", "data",      "databases"});
}

bool stands_ahead(const Words& words, std::size_t from,
                  std::initializer_list<std::string_view> list, std::size_t within = 12) {
  for (std::size_t i = from; i < words.size() && i < from + within; ++i) {
    if (one_of(words[i].lower, list)) return true;
  }
  return false;
}

/// As a noun the same word is followed by something else: "change in price", "update dates of …".
bool is_noun_here(std::string_view next) {
  return one_of(next, {"in",    "of",   "up",    "per",  "by",    "over",   "between", "rate",
                       "rates", "date", "dates", "time", "times", "count",  "counts",  "is",
                       "are",   "was",  "were",  "log",  "logs",  "history"});
}

/// Views of the data can be "created" and "added up": only things of the database are changed.
bool makes_a_view(const Words& words, std::size_t at) {
  for (std::size_t i = at + 1; i < words.size() && i < at + 5; ++i) {
    if (one_of(words[i].lower,
               {"chart", "list", "report", "graph", "plot", "overview", "summary", "ranking",
                "query", "statement", "question", "pie", "histogram", "diagram", "comparison"})) {
      return true;
    }
    if (words[i].lower == "table" &&
        one_of(lower_at(words, i + 1), {"of", "with", "showing", "that", "for", "listing"})) {
      return true;
    }
  }
  return false;
}

/// "raise all prices by 10 percent", "mark order 5 as shipped": these need more than their verb.
bool is_change_of_values(const Words& words, std::size_t at, const SchemaNames& names) {
  const std::string_view verb = lower_at(words, at), next = lower_at(words, at + 1);
  if (one_of(verb, {"increase", "decrease", "raise", "reduce", "lower", "double", "halve"})) {
    return is_determiner(next) && !is_noun_here(lower_at(words, at + 2));
  }
  if (one_of(verb, {"mark", "flag"})) return stands_ahead(words, at + 1, {"as"});
  if (one_of(verb, {"cancel", "undo", "reset", "overwrite", "archive", "destroy", "kill"})) {
    return is_determiner(next) ||
           (at + 1 < words.size() && names.has_table_word(words[at + 1].stem));
  }
  if (verb == "get" || verb == "gets") return next == "rid";
  if (verb == "throw") return stands_ahead(words, at + 1, {"away"});
  if (verb == "make") {
    if (stands_ahead(words, at + 1, {"admin", "administrator"}, 4)) return true;
    return is_determiner(next) &&
           stands_ahead(words, at + 2, {"null", "zero", "0", "cheaper", "free"}) &&
           !makes_a_view(words, at);
  }
  return false;
}

/// "Add a new customer", "add column x" – but "add the counts", "add an average" to what is shown.
bool adds_rows(const Words& words, std::size_t at, const SchemaNames& names) {
  const std::string_view next = lower_at(words, at + 1);
  const bool is_one = one_of(next, {"a", "an", "another", "one", "two", "some"});
  if (is_one && one_of(lower_at(words, at + 2), {"count", "counts", "average", "total", "totals",
                                                 "sum", "percentage", "share", "ranking"})) {
    return false;
  }
  return is_one || names.has_table_word(words[at + 1].stem) ||
         stands_ahead(words, at + 1,
                      {"new", "row", "rows", "record", "records", "column", "columns", "table",
                       "into", "named", "called", "values"});
}

/// A change is asked for by a verb that stands first and has an object: "delete all orders",
/// "drop table x". `is_first`: of the question, where less is needed than in a later clause.
bool asks_for_change(const Words& words, std::size_t at, bool is_first, const SchemaNames& names) {
  if (is_change_of_values(words, at, names)) return true;
  const std::string_view verb = lower_at(words, at);
  if (!answerability::is_change_verb(verb)) return false;
  const std::string_view next = lower_at(words, at + 1);
  if (next.empty()) return is_first;
  if (is_noun_here(next)) return false;
  if (one_of(verb, {"create", "add", "set", "merge", "empty", "clear", "append"}) &&
      makes_a_view(words, at)) {
    return false;
  }
  if (verb == "add" || verb == "append") return adds_rows(words, at, names);
  if (!is_first) {
    // "… and remove duplicates" is about the list, "… and set to" about nothing.
    if (one_of(next, {"duplicate", "duplicates"})) return false;
    if (one_of(verb, {"set", "change"}) && !stands_ahead(words, at + 1, {"to", "as", "values"})) {
      return false;
    }
  }
  if (is_object(next)) return true;
  // "delete customers older than …", "update salaries …": its object is a name of the schema.
  return names.has_table_word(words[at + 1].stem);
}

bool is_participle_of_change(std::string_view word) {
  return one_of(word, {"deleted", "removed", "dropped", "erased", "wiped", "updated", "truncated",
                       "purged", "renamed", "overwritten"});
}

/// "I want all orders deleted", "please have Bob removed": wished, and last what shall be done.
bool wishes_it_done(const Words& words, std::size_t begin, std::size_t end) {
  if (end - begin < 3) return false;
  bool wished = false;
  for (std::size_t i = begin; i < end; ++i) {
    const std::string_view word = words[i].lower;
    if (one_of(word, {"see", "know", "show", "list", "which", "that", "who", "how", "what", "were",
                      "was", "are", "is", "find", "count", "give"})) {
      return false;
    }
    wished = wished || one_of(word, {"want", "need", "have", "get", "like", "please"});
  }
  std::size_t last = end - 1;
  while (last > begin && one_of(words[last].lower, {"now", "please", "immediately", "today"}))
    --last;
  return wished && is_participle_of_change(words[last].lower);
}

/// "How do I delete a customer?", "how to drop a table".
std::size_t after_how_to(const Words& words, std::size_t at) {
  if (lower_at(words, at) != "how") return at;
  if (lower_at(words, at + 1) == "to") return at + 2;
  if (one_of(lower_at(words, at + 1), {"do", "can", "could", "would", "should", "may"}) &&
      one_of(lower_at(words, at + 2), {"i", "we", "you", "one"})) {
    return at + 3;
  }
  return at;
}

struct Clause {
  std::size_t begin, end;
};

/// Sentences, and within them what "and", "then", "but" and commas join.
std::vector<Clause> clauses_of(std::string_view question, const Words& words) {
  std::vector<Clause> clauses{{0, words.size()}};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto gap = question.substr(words[i - 1].end, words[i].begin - words[i - 1].end);
    const bool cut = gap.find_first_of(".;:!?,)(\"'-") != std::string_view::npos ||
                     one_of(words[i].lower, {"and", "then", "but", "also", "before", "after"});
    if (!cut) continue;
    clauses.back().end = i;
    clauses.push_back({i, words.size()});
  }
  return clauses;
}

}  // namespace

std::optional<std::string> change_asked_for(std::string_view question, const SchemaNames& names) {
  const Words words = link::tokenize(question);
  for (const Clause& clause : clauses_of(question, words)) {
    const std::size_t first = after_how_to(words, skip_politeness(words, clause.begin));
    if (first < clause.end && asks_for_change(words, first, clause.begin == 0, names)) {
      return words[first].text;
    }
    if (wishes_it_done(words, clause.begin, clause.end)) {
      for (std::size_t i = clause.end; i-- > clause.begin;) {
        if (is_participle_of_change(words[i].lower)) return words[i].text;
      }
    }
  }
  return std::nullopt;
}

Error refused_change(const std::string& verb) {
  return make_error(ErrorCode::refused,
                    fmt::format("\"{}\" asks for a change, and IDI only reads: your data stays "
                                "as it is",
                                verb),
                    "Ask what the data says, for example \"show all …\" or \"how many …\".");
}

}  // namespace idi::engine
