#include "spelling.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "idi/core/assert.hpp"
#include "idi/core/schema.hpp"
#include "idi/nano_format/nano_format.hpp"

namespace idi::nano_format {
namespace {

constexpr std::size_t max_word_bytes = 24;

std::array<std::string, spelled_symbols> make_symbol_words() {
  std::array<std::string, spelled_symbols> words;
  for (int i = 0; i < spelled_symbols; ++i) {
    std::string& word = words[static_cast<std::size_t>(i)];
    word = ir::to_text({{ir::Token::Kind::symbol, i}}, Schema{});
    for (char& c : word) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
  }
  return words;
}

}  // namespace

char letter_of(ir::Token::Kind kind) {
  IDI_ASSERT(kind != ir::Token::Kind::symbol);
  if (kind == ir::Token::Kind::table) return 'T';
  return kind == ir::Token::Kind::column ? 'C' : 'V';
}

const std::string& word_of(ir::Symbol symbol) {
  static const auto words = make_symbol_words();
  IDI_ASSERT(static_cast<int>(symbol) < spelled_symbols);
  return words[static_cast<std::size_t>(symbol)];
}

void append_pointer(std::string& text, ir::Token::Kind kind, int number) {
  text += ' ';
  text += letter_of(kind);
  text += std::to_string(number);
}

void append_word(std::string& text, std::string_view word) {
  text += ' ';
  text += word;
}

std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      if (!in_word) words.emplace_back();
      if (words.back().size() < max_word_bytes) {
        words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
      }
    }
    in_word = plain;
  }
  return words;
}

bool has_words_for(const std::vector<ir::Token>& tokens) {
  return std::all_of(tokens.begin(), tokens.end(), [](const ir::Token& token) {
    return token.kind != ir::Token::Kind::symbol || token.index < spelled_symbols;
  });
}

std::vector<std::string> special_words() {
  std::vector<std::string> words;
  for (const auto word : {ask_word, out_word, weak_word, number_word, time_word, boolean_word,
                          key_word, refers_word}) {
    words.emplace_back(word);
  }
  for (int i = 0; i < spelled_symbols; ++i) words.push_back(word_of(static_cast<ir::Symbol>(i)));
  const auto add = [&](char letter, int count) {
    for (int i = 0; i < count; ++i) words.push_back(letter + std::to_string(i));
  };
  add('T', max_tables);
  add('C', max_columns);
  add('V', max_values);
  return words;
}

}  // namespace idi::nano_format
