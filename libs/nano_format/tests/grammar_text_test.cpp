// The GBNF text against the token language: a small matcher of GBNF says whether a text is a
// sentence of it; every sentence of the automaton in the format's words must be.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gbnf_matcher.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "random_walk.hpp"
#include "ships.hpp"
#include "spelling.hpp"

namespace idi::nano_format {
namespace {

using testing::GbnfMatcher;
using testing::linked;
using testing::ships;

RC_GTEST_PROP(SymbolicGrammar, AcceptsEverySentenceOfTheLanguage, ()) {
  static const Schema schema = ships();
  static const auto question = linked("names of ships between 1990 and 2000", schema);
  const auto prompt = write_prompt(question, schema, *rc::gen::inRange<std::uint32_t>(0, 1000));
  const auto tokens = *ir::testing::sentences(
      schema.column_count(), 2, static_cast<int>(question.values.size()), 25, spelled_symbols);
  const std::string text = output_text(tokens, prompt.symbols);
  RC_ASSERT(GbnfMatcher(prompt.grammar).matches(text));
  const auto read = read_output(text, prompt.symbols, schema);
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == tokens);
}

TEST(SymbolicGrammar, RefusesOtherPromptsSymbolsAndFreeText) {
  const Schema schema = ships();
  const auto prompt = write_prompt(linked("names of ships", schema), schema, 3);
  const GbnfMatcher grammar(prompt.grammar);
  const std::string name = std::to_string(prompt.symbols.number_of(ir::Token::Kind::column, 1));
  int hidden = 0;
  while (prompt.symbols.index_of(ir::Token::Kind::column, hidden) >= 0) ++hidden;
  EXPECT_TRUE(grammar.matches(" C" + name));
  EXPECT_TRUE(grammar.matches(" COUNT C" + name + " GROUP C" + name));
  EXPECT_FALSE(grammar.matches(" C" + std::to_string(hidden)));
  EXPECT_FALSE(grammar.matches(" V0"));
  EXPECT_FALSE(grammar.matches(" name"));
  EXPECT_FALSE(grammar.matches(""));
}

}  // namespace
}  // namespace idi::nano_format
