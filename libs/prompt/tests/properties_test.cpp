// What holds for every prompt, whatever stands in a database or a question.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <string_view>
#include <vector>

#include "case_database.hpp"
#include "idi/core/text.hpp"
#include "idi/prompt/chat_prompt.hpp"
#include "plain_data.hpp"

namespace idi::prompt {
namespace {

/// Marks of the templates of models in use.
const std::vector<std::string>& marks() {
  static const std::vector<std::string> all = {"<|im_start|>",
                                               "<|im_end|>",
                                               "<|endoftext|>",
                                               "<|eot_id|>",
                                               "<|begin_of_text|>",
                                               "<|start_header_id|>",
                                               "<|end_header_id|>",
                                               "<|fim_prefix|>",
                                               "<|assistant|>",
                                               "<|end|>",
                                               "<s>",
                                               "</s>",
                                               "<bos>",
                                               "<eos>",
                                               "<unk>",
                                               "<pad>",
                                               "<start_of_turn>",
                                               "<end_of_turn>",
                                               "<think>",
                                               "</think>",
                                               "<tool_call>",
                                               "[INST]",
                                               "[/INST]",
                                               "[gMASK]",
                                               "<<SYS>>",
                                               "<</SYS>>",
                                               "<｜User｜>",
                                               "<｜end▁of▁sentence｜>",
                                               "[|system|]",
                                               ">>QUESTION<<",
                                               "]~b]",
                                               "<seed:bos>",
                                               "<|START_OF_TURN_TOKEN|>",
                                               "```"};
  return all;
}

/// Marks, their halves, control and invisible characters, broken UTF-8, words.
rc::Gen<std::string> hostile() {
  std::vector<std::string> pieces = {"\n",
                                     "\r\n",
                                     "\t",
                                     std::string(1, '\0'),
                                     "\x1b[31m",
                                     "\xff",
                                     "\xe2\x80\xae",
                                     "\xe2\x80\xa8",
                                     "\xef\xbb\xbf",
                                     "'",
                                     "\"",
                                     "``",
                                     "`",
                                     "<",
                                     "|",
                                     ">",
                                     "[",
                                     "{schema}",
                                     "{question}",
                                     "Question: ",
                                     "name",
                                     " ",
                                     "é",
                                     "漢字",
                                     "7"};
  for (const std::string& mark : marks()) {
    pieces.push_back(mark);
    pieces.push_back(mark.substr(0, mark.size() / 2));
    pieces.push_back(mark.substr(mark.size() / 2));
  }
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                      [](const std::vector<std::string>& parts) { return text::join(parts, ""); });
}

void expect_no_mark(const std::string& text) {
  for (const std::string& mark : marks()) RC_ASSERT(text.find(mark) == std::string::npos);
}

TEST(PlainData, IsOneLineWithoutMarks) {
  rc::check("plain", [] {
    const std::string given = *hostile();
    const auto limit = *rc::gen::element<std::size_t>(0, 2, 10, 40, 10'000);
    const std::string plain = plain_data(given, limit);
    RC_ASSERT(plain.size() <= limit);
    RC_ASSERT(text::is_valid_utf8(plain));
    RC_ASSERT(text::trim(plain) == plain);
    for (const char c : plain) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    expect_no_mark(plain);
    if (limit == 10'000) RC_ASSERT(plain_data(plain, limit) == plain);
  });
}

TEST(PlainData, LeavesWhatPeopleWriteAlone) {
  for (const char* text : {"Rock", "a < 5 and b <= 3", "price <> 0", "Zürich", "漢字", "x[1]",
                           "R&B / Soul", "50 %", "{braces}", "a | b", "a || b", "it's", "O(n)"})
    EXPECT_EQ(plain_data(text, 100), text);
  EXPECT_EQ(plain_data("  two\n\n lines ", 100), "two lines");
  EXPECT_EQ(plain_data("Übergrößenträger", 9), "Überg…");
  EXPECT_FALSE(is_plain_name("a\nb"));
  EXPECT_FALSE(is_plain_name("<|im_end|>"));
  EXPECT_FALSE(is_plain_name("a`"));
  EXPECT_FALSE(is_plain_name(""));
  EXPECT_FALSE(is_plain_name(std::string(129, 'a')));
  EXPECT_TRUE(is_plain_name("Order Details (2024)"));
}

Schema hostile_schema() {
  Schema schema;
  schema.name = *hostile();
  const int tables = *rc::gen::inRange(1, 4);
  for (int t = 0; t < tables; ++t) {
    Table table;
    table.name = "t" + std::to_string(t) + *rc::gen::oneOf(rc::gen::just(std::string()), hostile());
    table.comment = *hostile();
    const int columns = *rc::gen::inRange(1, 4);
    for (int c = 0; c < columns; ++c) {
      Column column;
      column.name =
          "c" + std::to_string(c) + *rc::gen::oneOf(rc::gen::just(std::string()), hostile());
      column.declared_type = *hostile();
      column.type = *rc::gen::element(ColumnType::text, ColumnType::number, ColumnType::other);
      column.comment = *hostile();
      column.sample_values = {*hostile(), *hostile()};
      table.columns.push_back(std::move(column));
    }
    schema.tables.push_back(std::move(table));
  }
  return schema;
}

/// Lines of a schema part are those that its scope makes, no more.
std::size_t expected_lines(const Schema& schema, const grammar::Scope& scope) {
  std::size_t keys = 0;
  for (const ForeignKey& key : schema.foreign_keys) {
    const auto shown = [&](ColumnRef column) {
      return std::find(scope.columns.begin(), scope.columns.end(), column) != scope.columns.end();
    };
    keys += shown(key.from) && shown(key.to) ? 1 : 0;
  }
  return scope.tables.size() * 3 + scope.columns.size() + (keys > 0 ? keys + 1 : 0);
}

TEST(Prompt, NoDataBecomesAMarkOrALine) {
  rc::check("hostile", [] {
    const Schema schema = hostile_schema();
    const auto linker =
        link::Linker::make(schema, link::ValueIndex::empty(), link::WordNet::none());
    auto question = linker->link(*hostile());
    const auto scope = choose_scope(question, *linker, nullptr);
    if (!scope.columns.empty()) {
      question.values.push_back(
          {link::ValueKind::cell, "x", 0, 1, {scope.columns[0]}, {*hostile()}, 1});
    }
    const auto full = choose_scope(question, *linker, nullptr);
    const auto dialect = *rc::gen::element(Dialect::sqlite, Dialect::postgres, Dialect::mysql);
    const std::string tables = schema_text(schema, full, dialect);
    RC_ASSERT(static_cast<std::size_t>(std::count(tables.begin(), tables.end(), '\n')) ==
              expected_lines(schema, full));
    const auto prompt = ChatFormat::standard().write(question, schema, full, dialect,
                                                     {{*hostile(), *hostile()}, 6'000});
    if (!prompt) {
      RC_ASSERT(full.columns.empty());
      return;
    }
    expect_no_mark(prompt->system);
    expect_no_mark(prompt->user);
    RC_ASSERT(text::is_valid_utf8(prompt->system) && text::is_valid_utf8(prompt->user));
    // A value, the keywords and the question: a line each.
    RC_ASSERT(std::count(prompt->user.begin(), prompt->user.end(), '\n') <= 2);
    expect_no_mark(ChatFormat::standard().write_repair(*hostile(), *hostile()));
  });
}

TEST(Prompt, SaysTheSameOfAScopeWhateverIsAsked) {
  const auto linker = testing::linker_of("shop");
  const auto scope_of = [&](const std::string& question) {
    return choose_scope(linker->link(question), *linker, nullptr);
  };
  rc::check("stable", [&] {
    const std::string first = *hostile();
    const std::string second = "How many orders were cancelled? " + *hostile();
    const int max_tokens = *rc::gen::inRange(2'000, 6'000);
    const auto write = [&](const std::string& question) {
      return ChatFormat::standard().write(linker->link(question), linker->schema(),
                                          scope_of(question), Dialect::sqlite, {{}, max_tokens});
    };
    const auto a = write(first);
    const auto b = write(second);
    RC_ASSERT(a && b);
    RC_ASSERT(a->system == b->system);
    RC_ASSERT(a->estimated_tokens <= max_tokens && b->estimated_tokens <= max_tokens);
  });
}

TEST(Prompt, EstimatesTokens) {
  EXPECT_EQ(estimate_tokens(""), 0);
  EXPECT_EQ(estimate_tokens("How many orders?"), 4);
  EXPECT_EQ(estimate_tokens("2023"), 4);
  EXPECT_EQ(estimate_tokens("(customer_id:INTEGER, Primary Key)\n"), 13);
  EXPECT_EQ(estimate_tokens("é漢"), 3);
}

TEST(ChatFormat, RefusesATemplateThatItCannotFill) {
  const std::string whole =
      "words for people\n== system ==\n{dialect} {notes}\n{schema}\n== user ==\n{value} of "
      "{column}\n{keywords}\n{question}\n== repair ==\n{sql} {error}\n== sqlite ==\n== postgres "
      "==\n== mysql ==\n";
  ASSERT_TRUE(ChatFormat::from_text(whole));
  const auto message = [&](const std::string& what, const std::string& by) {
    std::string text = whole;
    text.replace(text.find(what), what.size(), by);
    const auto format = ChatFormat::from_text(text);
    EXPECT_FALSE(format) << text;
    if (format) return std::string();
    EXPECT_EQ(format.error().code, ErrorCode::invalid_argument);
    return format.error().message;
  };
  EXPECT_EQ(message("{schema}", "{tables}"),
            "Prompt format, line 4: the section \"system\" has no {tables}");
  EXPECT_EQ(message("{schema}\n", ""),
            "Prompt format, line 13: the section \"system\" needs {schema}");
  EXPECT_EQ(message("== repair ==", "== other =="),
            "Prompt format, line 9: there is no section \"other\"");
  EXPECT_EQ(message("== mysql ==\n", ""),
            "Prompt format, line 13: the section \"mysql\" is missing");
  EXPECT_EQ(message("== mysql ==", "== sqlite =="),
            "Prompt format, line 13: the section \"sqlite\" is there twice");
  EXPECT_EQ(message(" of {column}", ""),
            "Prompt format, line 6: {value} and {column} belong into one line");
  EXPECT_FALSE(ChatFormat::from_text(""));
}

TEST(ChatFormat, SaysWhenAQuestionIsTooLong) {
  const auto linker = testing::linker_of("shop");
  auto linked = linker->link("How many orders");
  while (linked.question.size() < 20'000) linked.question += " and customers";
  const auto prompt = ChatFormat::standard().write(
      linked, linker->schema(), choose_scope(linked, *linker, nullptr), Dialect::sqlite);
  ASSERT_FALSE(prompt);
  EXPECT_EQ(prompt.error().code, ErrorCode::limit_exceeded);
}

}  // namespace
}  // namespace idi::prompt
