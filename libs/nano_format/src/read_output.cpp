#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>

#include "idi/core/text.hpp"
#include "idi/nano_format/nano_format.hpp"
#include "spelling.hpp"

namespace idi::nano_format {
namespace {

using Kind = ir::Token::Kind;

constexpr std::size_t max_output_words = 256;

std::optional<ir::Symbol> symbol_of(std::string_view word) {
  static const auto symbols = [] {
    std::unordered_map<std::string, ir::Symbol> by_word;
    for (int i = 0; i < spelled_symbols; ++i) {
      by_word.emplace(word_of(static_cast<ir::Symbol>(i)), static_cast<ir::Symbol>(i));
    }
    return by_word;
  }();
  const auto found = symbols.find(std::string(word));
  if (found == symbols.end()) return std::nullopt;
  return found->second;
}

std::optional<ir::Token> pointer_of(std::string_view word, const SymbolTable& symbols) {
  for (const Kind kind : {Kind::table, Kind::column, Kind::value}) {
    if (word.size() < 2 || word[0] != letter_of(kind)) continue;
    int number = -1;
    const char* const end = word.data() + word.size();
    const auto [stopped, error] = std::from_chars(word.data() + 1, end, number);
    if (error != std::errc() || stopped != end) return std::nullopt;
    const int index = symbols.index_of(kind, number);
    if (index < 0) return std::nullopt;
    return ir::Token{kind, index};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<ir::Token>> read_output(std::string_view completion, const SymbolTable& symbols,
                                           const Schema& schema) {
  std::vector<ir::Token> tokens;
  for (const std::string& word : text::split(completion, ' ')) {
    if (word.empty()) continue;
    if (tokens.size() == max_output_words) {
      return make_error(ErrorCode::invalid_argument, "the model's answer has no end");
    }
    if (const auto pointer = pointer_of(word, symbols)) {
      tokens.push_back(*pointer);
    } else if (const auto symbol = symbol_of(word)) {
      tokens.push_back({Kind::symbol, static_cast<int>(*symbol)});
    } else {
      return make_error(ErrorCode::invalid_argument,
                        "the model's answer has a word that is no symbol of its prompt");
    }
  }
  tokens.push_back({Kind::symbol, static_cast<int>(ir::Symbol::end)});
  // Whether the automaton admits it; the tree itself is the caller's to make.
  if (auto query = ir::from_tokens(tokens, schema); !query) return query.error();
  return tokens;
}

}  // namespace idi::nano_format
