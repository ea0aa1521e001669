#include "random_walk.hpp"

#include <algorithm>

namespace idi::ir::testing {

Token closing_word(const Allowed& allowed) {
  for (const Symbol symbol :
       {Symbol::end, Symbol::close, Symbol::is_null, Symbol::any_value, Symbol::group}) {
    if (allowed.symbols.test(static_cast<std::size_t>(symbol))) {
      return {Token::Kind::symbol, static_cast<int>(symbol)};
    }
  }
  if (allowed.column) return {Token::Kind::column, 0};
  if (allowed.table) return {Token::Kind::table, 0};
  const auto last = {Symbol::one, Symbol::when, Symbol::count};
  const auto found = std::find_if(last.begin(), last.end(), [&](Symbol symbol) {
    return allowed.symbols.test(static_cast<std::size_t>(symbol));
  });
  RC_ASSERT(found != last.end());
  return {Token::Kind::symbol, static_cast<int>(*found)};
}

rc::Gen<std::vector<Token>> sentences(int columns, int tables, int values, int free_steps,
                                      int symbols) {
  return rc::gen::exec([=] {
    std::vector<Token> sentence;
    Grammar grammar;
    while (!grammar.complete()) {
      const Allowed allowed = grammar.allowed();
      std::vector<Token> choices;
      for (int i = 0; i < symbols; ++i) {
        if (!allowed.symbols.test(static_cast<std::size_t>(i))) continue;
        const auto symbol = static_cast<Symbol>(i);
        const bool opens_more = symbol == Symbol::where || symbol == Symbol::group ||
                                symbol == Symbol::having || symbol == Symbol::subquery;
        for (int times = opens_more ? 5 : 1; times > 0; --times) {
          choices.push_back({Token::Kind::symbol, i});
        }
      }
      // Pointers count as much as all symbols together, as in real sentences.
      const std::size_t weight = choices.size() / 2 + 1;
      for (std::size_t i = 0; i < weight; ++i) {
        if (allowed.column) {
          choices.push_back({Token::Kind::column, *rc::gen::inRange(0, columns)});
        }
        if (allowed.table) {
          choices.push_back({Token::Kind::table, *rc::gen::inRange(0, tables)});
        }
        if (allowed.value) {
          choices.push_back({Token::Kind::value, *rc::gen::inRange(0, values)});
        }
      }
      RC_ASSERT(!choices.empty());
      const Token next = static_cast<int>(sentence.size()) < free_steps
                             ? *rc::gen::elementOf(choices)
                             : closing_word(allowed);
      RC_ASSERT(admits(allowed, next));
      grammar.advance(next);
      sentence.push_back(next);
      RC_ASSERT(sentence.size() < 400u);
    }
    return sentence;
  });
}

}  // namespace idi::ir::testing
