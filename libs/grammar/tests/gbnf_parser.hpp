// The text of a GBNF grammar as rules; see llama.cpp's grammars/README.md.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gbnf_machine.hpp"

namespace idi::grammar::testing {

class GbnfParser {
 public:
  GbnfParser(std::string_view text, GbnfMachine& machine) : text_(text), machine_(machine) {}
  [[nodiscard]] Status run();

 private:
  using Element = GbnfMachine::Element;
  using Alternative = GbnfMachine::Alternative;

  int rule_named(const std::string& name);
  int new_rule(const std::string& name);
  Status fail(const std::string& what) const;
  Status parse_rule();
  Status parse_alternatives(int rule, bool nested);
  Status parse_sequence(Alternative& out, bool nested);
  Status parse_repetition(Alternative& out, std::size_t last_symbol);
  Status parse_quoted(Alternative& out);
  Status parse_class(Alternative& out);
  Result<char32_t> parse_character();
  std::string parse_name();
  void skip_blanks(bool newlines);
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::string_view text_;
  GbnfMachine& machine_;
  std::map<std::string, int> names_;
  std::size_t at_ = 0;
  int generated_ = 0;
};

/// The code point at text[at], which moves behind it; U+FFFD for what is no UTF-8.
[[nodiscard]] char32_t decode_utf8(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t c);

}  // namespace idi::grammar::testing
