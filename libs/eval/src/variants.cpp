#include "idi/eval/variants.hpp"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <utility>

#include "idi/answerability/word_lists.hpp"
#include "idi/core/text.hpp"
#include "idi/dataset/questions.hpp"
#include "idi/dataset/spider_tables.hpp"
#include "idi/eval/robustness.hpp"
#include "idi/link/linker.hpp"
#include "preparation.hpp"
#include "sample_numbers.hpp"
#include "sql_scan.hpp"
#include "whole_file.hpp"

namespace idi::eval {
namespace {

using Words = std::set<std::string>;

void add_words(Words& words, std::string_view text) {
  for (const auto& token : link::tokenize(text)) words.insert(token.lower);
}

/// The words of the texts that the gold query compares with.
Words values_of(std::string_view gold_sql) {
  Words words;
  for (const SqlPiece& piece : scan_sql(gold_sql)) {
    if (piece.kind == SqlPiece::Kind::text || piece.kind == SqlPiece::Kind::double_quoted)
      add_words(words, piece.text);
  }
  return words;
}

/// The words of names, and their stems.
Words names_of(const VariantSource& source) {
  Words words;
  const auto add = [&](std::string_view name) {
    for (const auto& token : link::tokenize(name)) words.insert(token.stem);
  };
  if (source.schema) {
    for (const Table& table : source.schema->tables) {
      add(table.natural_name);
      for (const Column& column : table.columns) add(column.natural_name);
    }
  } else {
    for (const SqlPiece& piece : scan_sql(source.gold_sql))
      if (piece.kind == SqlPiece::Kind::word) add(natural_name_of(piece.text));
  }
  return words;
}

bool is_plain_word(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Replaces the tokens that got a new text; everything between them stays.
std::string with_replaced(std::string_view question, const std::vector<link::QuestionToken>& tokens,
                          const std::vector<std::string>& texts) {
  std::string result;
  std::size_t at = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    result += question.substr(at, tokens[i].begin - at);
    result += texts[i];
    at = tokens[i].end;
  }
  return result + std::string(question.substr(at));
}

std::vector<std::string> texts_of(const std::vector<link::QuestionToken>& tokens) {
  std::vector<std::string> texts;
  for (const auto& token : tokens) texts.push_back(token.text);
  return texts;
}

/// The key beside this one, on the keyboard that most have.
char beside(char letter, SampleNumbers& numbers) {
  constexpr std::array<std::string_view, 3> rows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
  for (const std::string_view row : rows) {
    const std::size_t at = row.find(letter);
    if (at == std::string_view::npos) continue;
    if (at == 0) return row[1];
    if (at + 1 == row.size()) return row[at - 1];
    return numbers.below(2) == 0 ? row[at - 1] : row[at + 1];
  }
  return letter;
}

/// The first letter stays: people get it right.
std::string with_slip(std::string word, SampleNumbers& numbers) {
  const std::size_t at = 1 + numbers.below(word.size() - 2);
  switch (numbers.below(4)) {
    case 0:  // Where two are alike the next kind of slip shows.
      if (word[at] != word[at + 1]) {
        std::swap(word[at], word[at + 1]);
        return word;
      }
      [[fallthrough]];
    case 1:
      word.erase(at, 1);
      return word;
    case 2:
      word.insert(at, 1, word[at]);
      return word;
    default: {
      const char key = beside(word[at], numbers);
      if (key == word[at]) {
        word.erase(at, 1);
      } else {
        word[at] = key;
      }
      return word;
    }
  }
}

std::string with_typos(const VariantSource& source) {
  const auto tokens = link::tokenize(source.question);
  const Words values = values_of(source.gold_sql);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].text.size() >= 4 && is_plain_word(tokens[i].text) &&
        !values.contains(tokens[i].lower))
      open.push_back(i);
  }
  SampleNumbers numbers(source.seed, source.index);
  auto texts = texts_of(tokens);
  const std::size_t slips = std::min<std::size_t>(open.size(), 1 + numbers.below(2));
  for (std::size_t slip = 0; slip < slips; ++slip) {
    const std::size_t choice = numbers.below(open.size());
    std::string& word = texts[open[choice]];
    word = with_slip(word, numbers);
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(choice));
  }
  return with_replaced(source.question, tokens, texts);
}

/// Words without a meaning of their own that change what is asked all the same.
bool turns_the_meaning(std::string_view word) {
  constexpr std::array words = std::to_array<std::string_view>(
      {"how", "many", "much", "not", "no", "nor", "or", "both", "without", "than", "before",
       "after", "between", "under", "over", "above", "below", "never", "except"});
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string keywords_of(const VariantSource& source) {
  const Words values = values_of(source.gold_sql);
  std::string result;
  std::size_t at = 0;
  for (const auto& token : link::tokenize(source.question)) {
    // What stands between words is kept where it is more than a blank: quotes belong to values.
    const std::string_view between = source.question.substr(at, token.begin - at);
    at = token.end;
    const bool keep = values.contains(token.lower) || turns_the_meaning(token.lower) ||
                      !answerability::is_function_word(token.lower);
    if (!keep) continue;
    if (!result.empty()) result += ' ';
    const bool opens = !between.empty() && (between.back() == '"' || between.back() == '\'');
    const bool closes =
        at < source.question.size() && (source.question[at] == '"' || source.question[at] == '\'');
    if (opens) result += between.back();
    result += token.text;
    if (closes) result += source.question[at];
  }
  return result.empty() ? std::string(source.question) : result;
}

/// A synonym of one word, for a name of the schema; empty: none that is no name itself.
std::string synonym_of(const link::QuestionToken& token, const Words& names,
                       const link::WordNet& wordnet, SampleNumbers& numbers) {
  const auto near = wordnet.neighbours(token.lower);
  std::vector<std::string> choices;
  for (const std::string& synonym : near->synonyms) {
    if (!is_plain_word(synonym) || synonym.size() < 3) continue;
    const std::string stem = link::stem(synonym);
    if (stem != token.stem && !names.contains(stem) && wordnet.knows(synonym, true))
      choices.push_back(synonym);
  }
  if (choices.empty()) return {};
  std::string chosen = choices[numbers.below(choices.size())];
  const bool is_plural =
      token.lower.ends_with('s') &&
      std::find(near->bases.begin(), near->bases.end(), token.lower) == near->bases.end() &&
      !near->bases.empty();
  if (is_plural && !chosen.ends_with('s')) chosen += 's';
  if (token.text.front() >= 'A' && token.text.front() <= 'Z')
    chosen.front() = static_cast<char>(chosen.front() - 'a' + 'A');
  return chosen;
}

std::string with_synonyms(const VariantSource& source, const link::WordNet& wordnet) {
  const auto tokens = link::tokenize(source.question);
  const Words values = values_of(source.gold_sql);
  const Words names = names_of(source);
  SampleNumbers numbers(source.seed, source.index);
  auto texts = texts_of(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const bool is_name = names.contains(token.stem) && !values.contains(token.lower) &&
                         token.text.size() >= 3 && is_plain_word(token.text) &&
                         !answerability::is_function_word(token.lower) &&
                         !answerability::is_operation_word(token.lower);
    if (!is_name) continue;
    const std::string synonym = synonym_of(token, names, wordnet, numbers);
    if (!synonym.empty()) texts[i] = synonym;
  }
  return with_replaced(source.question, tokens, texts);
}

}  // namespace

std::string_view variant_name(Variant variant) noexcept {
  switch (variant) {
    case Variant::original:
      return "original";
    case Variant::synonyms:
      return "synonyms";
    case Variant::unnamed:
      return "unnamed";
    case Variant::typos:
      return "typos";
    case Variant::lower_case:
      return "lower_case";
    case Variant::keywords:
      return "keywords";
  }
  return "original";
}

std::string variant_of(Variant variant, const VariantSource& source, const link::WordNet& wordnet) {
  switch (variant) {
    case Variant::original:
      break;
    case Variant::synonyms:
      return with_synonyms(source, wordnet);
    case Variant::unnamed:
      return without_column_names(source.question, source.gold_sql, source.schema);
    case Variant::typos:
      return with_typos(source);
    case Variant::lower_case:
      return text::fold_case(source.question);
    case Variant::keywords:
      return keywords_of(source);
  }
  return std::string(source.question);
}

Result<std::vector<WrittenVariant>> write_variants(const VariantOptions& options) {
  IDI_TRY(const auto records, dataset::read_questions(options.questions));
  dataset::SpiderTables described;
  if (options.tables) {
    IDI_TRY(described, dataset::SpiderTables::read(*options.tables));
  }
  IDI_CHECK(make_folder(options.out));
  std::vector<WrittenVariant> written;
  for (const Variant variant : all_variants) {
    WrittenVariant counts{variant};
    std::string lines;
    for (const auto& record : records) {
      const std::string changed =
          variant_of(variant,
                     {record.question, record.query, described.find(record.db_id), options.seed,
                      counts.questions},
                     *options.wordnet);
      ++counts.questions;
      if (changed != record.question) ++counts.changed;
      lines += boost::json::serialize(boost::json::object{{"db_id", record.db_id},
                                                          {"question", changed},
                                                          {"query", record.query},
                                                          {"original_question", record.question}});
      lines += '\n';
    }
    const std::string file = std::string(variant_name(variant)) + ".jsonl";
    IDI_CHECK(replace_file(options.out / file, lines));
    written.push_back(counts);
  }
  return written;
}

}  // namespace idi::eval
