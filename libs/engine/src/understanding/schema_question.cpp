#include "understanding/schema_question.hpp"

#include <string>

#include "idi/answerability/word_lists.hpp"
#include "idi/core/text.hpp"
#include "idi/link/linker.hpp"
#include "understanding/words.hpp"

namespace idi::engine {
namespace {

bool is_table_word(std::string_view word) {
  return one_of(word, {"table", "tables", "relations", "views", "entities"});
}
bool is_column_word(std::string_view word) {
  return one_of(word, {"column", "columns", "field", "fields", "attribute", "attributes"});
}
bool is_whole_word(std::string_view word) {
  return one_of(word, {"schema", "structure", "database", "data", "db"});
}
bool is_bond_noun(std::string_view word) {
  return one_of(word,
                {"relationship", "relationships", "connection", "connections", "key", "keys"});
}
bool is_bond_verb(std::string_view word) {
  return one_of(word, {"connected", "connect", "connects", "related", "relate", "relates", "linked",
                       "joined", "refer", "refers", "reference", "references", "associated"});
}

bool is_filler(std::string_view word) {
  return answerability::is_function_word(word) ||
         one_of(word, {"data",     "database",  "db",        "names",     "name",     "describe",
                       "number",   "stored",    "different", "structure", "schema",   "description",
                       "kind",     "kinds",     "sort",      "explain",   "sql",      "information",
                       "type",     "types",     "current",   "file",      "overview", "summary",
                       "content",  "contents",  "available", "exist",     "exists",   "look",
                       "looks",    "many",      "called",    "hold",      "holds",    "contain",
                       "contains", "contained", "inside",    "store",     "stores",   "keep"});
}

/// What the words say beside the names of tables.
struct Signs {
  bool tables = false, columns = false, describe = false, whole = false;
  bool bond_noun = false, bond_verb = false, foreign = false, about = false;
};

Signs signs_in(const Words& words, const std::vector<bool>& covered, const SchemaNames& names) {
  Signs signs;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (covered[i]) continue;
    const std::string_view word = words[i].lower;
    signs.tables = signs.tables || is_table_word(word);
    signs.columns = signs.columns || is_column_word(word);
    signs.describe = signs.describe || one_of(word, {"describe", "schema", "structure"});
    signs.whole = signs.whole || one_of(word, {"database", "data", "db"});
    signs.bond_noun = signs.bond_noun || (is_bond_noun(word) && !names.has_word(words[i].stem));
    signs.bond_verb = signs.bond_verb || is_bond_verb(word);
    signs.foreign = signs.foreign || word == "foreign";
    signs.about = signs.about || one_of(word, {"about", "contain", "contains", "look", "looks",
                                               "hold", "holds", "explain", "inside"});
  }
  return signs;
}

bool is_only(const Words& words, const std::vector<bool>& covered, bool bonds) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].lower;
    if (covered[i] || is_filler(word) || is_table_word(word) || is_column_word(word)) continue;
    if (bonds && (is_bond_noun(word) || is_bond_verb(word) || word == "foreign")) continue;
    return false;
  }
  return true;
}

/// "How are customers and orders connected?", "which tables are linked to orders", "foreign keys".
bool asks_for_bonds(const Words& words, const Signs& signs, std::size_t named) {
  if (signs.bond_noun) {
    // "Keys of customers" may be rows of theirs; of all tables, or between two, they are bonds.
    return signs.foreign || named != 1 || signs.tables;
  }
  if (!signs.bond_verb) return false;
  const std::size_t first = skip_politeness(words);
  const bool how = lower_at(words, first) == "how" && lower_at(words, first + 1) != "many" &&
                   lower_at(words, first + 1) != "much";
  return (how && (named >= 2 || signs.tables)) || (signs.tables && named <= 2);
}

/// "Which tables have a column called email?": the column's name, if it is one of the schema.
std::optional<std::string> column_sought(const Words& words, const SchemaNames& names) {
  std::string name;
  for (const auto& word : words) {
    if (is_filler(word.lower) || is_table_word(word.lower) || is_column_word(word.lower)) {
      // "name" is a filler, and a name of columns: it counts if nothing else does.
      continue;
    }
    if (!name.empty()) name += ' ';
    name += word.stem;
  }
  if (name.empty()) return std::nullopt;
  for (const Table& table : names.schema().tables) {
    for (const Column& column : table.columns) {
      std::string stems;
      for (const auto& part : link::tokenize(column.natural_name)) {
        if (!stems.empty()) stems += ' ';
        stems += part.stem;
      }
      if (stems == name) return column.natural_name;
    }
  }
  return std::nullopt;
}

/// "What can I ask?", "what do you know about?": nothing but function words.
bool asks_for_help(const Words& words) {
  const bool empty = std::all_of(words.begin(), words.end(), [](const auto& word) {
    return answerability::is_function_word(word.lower);
  });
  return empty && std::any_of(words.begin(), words.end(), [](const auto& word) {
           return one_of(word.lower, {"ask", "know", "help", "here", "contain", "question"});
         });
}

}  // namespace

std::optional<Understanding> schema_question(std::string_view question, const SchemaNames& names) {
  const Words words = link::tokenize(question);
  for (const auto& word : words) {
    if ((is_table_word(word.lower) || is_column_word(word.lower) || is_whole_word(word.lower)) &&
        names.has_word(word.stem)) {
      return std::nullopt;
    }
  }
  Understanding understood;
  if (asks_for_help(words)) {
    understood.intent = Intent::list_tables;
    return understood;
  }
  auto mentions = names.tables_in(words);
  // "What is stored here?" speaks of no table of stores.
  std::erase_if(mentions, [&](const TableMention& mention) {
    return mention.length == 1 && words[mention.begin].lower == "stored";
  });
  std::vector<bool> covered(words.size(), false);
  for (const TableMention& mention : mentions) {
    for (std::size_t i = 0; i < mention.length; ++i) covered[mention.begin + i] = true;
  }
  const Signs signs = signs_in(words, covered, names);
  if (!mentions.empty()) understood.table = mentions.front().table;

  if (asks_for_bonds(words, signs, mentions.size()) && is_only(words, covered, true)) {
    if (mentions.size() > 2) return std::nullopt;
    understood.intent = Intent::connections;
    if (mentions.size() == 2) understood.other_table = mentions.back().table;
    return understood;
  }
  if (signs.tables && signs.columns && mentions.empty()) {
    if (const auto column = column_sought(words, names)) {
      understood.intent = Intent::find_column;
      understood.column = *column;
      return understood;
    }
  }
  if (!signs.tables && !signs.columns && !signs.describe && !signs.whole) return std::nullopt;
  if (!is_only(words, covered, false)) return std::nullopt;
  if (mentions.size() > 1) return std::nullopt;
  if (mentions.size() == 1) {
    if (!signs.columns && !signs.describe && !(signs.tables && signs.about)) return std::nullopt;
    understood.intent = Intent::list_columns;
    return understood;
  }
  understood.intent = Intent::list_tables;
  return understood;
}

}  // namespace idi::engine
