#include "gbnf_parser.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace idi::grammar::testing {

char32_t decode_utf8(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(at);
  const int more = first < 0x80    ? 0
                   : first >= 0xF0 ? 3
                   : first >= 0xE0 ? 2
                   : first >= 0xC0 ? 1
                                   : -1;
  if (more < 0) return ++at, char32_t{0xFFFD};
  char32_t c = more == 0 ? first : first & (0x3FU >> more);
  for (int i = 1; i <= more; ++i) c = (c << 6) | (byte(at + static_cast<std::size_t>(i)) & 0x3FU);
  at += static_cast<std::size_t>(more) + 1;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

Status GbnfParser::fail(const std::string& what) const {
  return make_error(ErrorCode::invalid_argument,
                    what + " at " + std::to_string(at_) + ": " +
                        std::string(text_.substr(at_ - std::min<std::size_t>(at_, 60), 100)));
}

int GbnfParser::new_rule(const std::string& name) {
  machine_.rules_.push_back({name, {}, -1});
  return static_cast<int>(machine_.rules_.size()) - 1;
}

int GbnfParser::rule_named(const std::string& name) {
  const auto known = names_.find(name);
  if (known != names_.end()) return known->second;
  return names_[name] = new_rule(name);
}

void GbnfParser::skip_blanks(bool newlines) {
  while (peek() == ' ' || peek() == '\t' || (newlines && peek() == '\n')) ++at_;
}

std::string GbnfParser::parse_name() {
  const std::size_t begin = at_;
  while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '-') ++at_;
  return std::string(text_.substr(begin, at_ - begin));
}

Status GbnfParser::run() {
  for (skip_blanks(true); at_ < text_.size(); skip_blanks(true)) IDI_CHECK(parse_rule());
  const auto root = names_.find("root");
  if (root == names_.end()) return make_error(ErrorCode::invalid_argument, "there is no root");
  machine_.root_ = root->second;
  for (const auto& rule : machine_.rules_) {
    if (rule.alternatives.empty()) {
      return make_error(ErrorCode::invalid_argument, "the rule " + rule.name + " is not defined");
    }
  }
  return {};
}

Status GbnfParser::parse_rule() {
  const std::string name = parse_name();
  if (name.empty()) return fail("expected a name");
  skip_blanks(false);
  if (text_.substr(at_, 3) != "::=") return fail("expected ::=");
  at_ += 3;
  skip_blanks(false);
  const int rule = rule_named(name);
  if (!machine_.rules_[static_cast<std::size_t>(rule)].alternatives.empty()) {
    return fail("the rule " + name + " is defined twice");
  }
  IDI_CHECK(parse_alternatives(rule, false));
  if (peek() != '\n' && at_ < text_.size()) return fail("expected the end of the line");
  return {};
}

Status GbnfParser::parse_alternatives(int rule, bool nested) {
  for (;;) {
    Alternative alternative;
    IDI_CHECK(parse_sequence(alternative, nested));
    machine_.rules_[static_cast<std::size_t>(rule)].alternatives.push_back(std::move(alternative));
    skip_blanks(nested);
    if (peek() != '|') return {};
    ++at_;
    skip_blanks(true);
  }
}

Status GbnfParser::parse_sequence(Alternative& out, bool nested) {
  bool any = false;
  for (std::size_t last = out.size(); at_ < text_.size(); any = true) {
    const char c = peek();
    if (c == '"') {
      last = out.size();
      IDI_CHECK(parse_quoted(out));
    } else if (c == '[') {
      last = out.size();
      IDI_CHECK(parse_class(out));
    } else if (c == '(') {
      ++at_;
      skip_blanks(true);
      last = out.size();
      const int rule = new_rule("group" + std::to_string(++generated_));
      IDI_CHECK(parse_alternatives(rule, true));
      if (peek() != ')') return fail("expected )");
      ++at_;
      out.push_back({rule, false, {}});
    } else if (c == '?' || c == '*' || c == '+' || c == '{') {
      IDI_CHECK(parse_repetition(out, last));
    } else if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      last = out.size();
      out.push_back({rule_named(parse_name()), false, {}});
    } else {
      break;
    }
    skip_blanks(nested);
  }
  if (!any) return fail("an empty alternative");
  return {};
}

/// x{0,3} as x3 ::= x x2 | , x2 ::= x x1 | , x1 ::= x | : as llama.cpp rewrites it.
Status GbnfParser::parse_repetition(Alternative& out, std::size_t last_symbol) {
  int least = 0;
  int most = -1;
  const char sign = peek();
  ++at_;
  if (sign == '+') least = 1;
  if (sign == '?') most = 1;
  if (sign == '{') {
    char* end = nullptr;
    const char* begin = text_.data() + at_;
    least = static_cast<int>(std::strtol(begin, &end, 10));
    if (*end != ',') return fail("expected , in a repetition");
    most = static_cast<int>(std::strtol(end + 1, &end, 10));
    if (*end != '}' || most < least || most == 0)
      return fail("a repetition that is not understood");
    at_ += static_cast<std::size_t>(end - begin) + 1;
  }
  if (last_symbol >= out.size()) return fail("nothing to repeat");
  const Alternative repeated(out.begin() + static_cast<std::ptrdiff_t>(last_symbol), out.end());
  out.resize(last_symbol);
  for (int i = 0; i < least; ++i) out.insert(out.end(), repeated.begin(), repeated.end());
  int next = -1;
  const int times = most < 0 ? 1 : most - least;
  for (int i = 0; i < times; ++i) {
    const int rule = new_rule("repeated" + std::to_string(++generated_));
    Alternative one = repeated;
    if (most < 0) one.push_back({rule, false, {}});
    if (next >= 0) one.push_back({next, false, {}});
    machine_.rules_[static_cast<std::size_t>(rule)].alternatives = {std::move(one), {}};
    next = rule;
  }
  if (next >= 0) out.push_back({next, false, {}});
  return {};
}

Result<char32_t> GbnfParser::parse_character() {
  if (peek() != '\\') return decode_utf8(text_, at_);
  ++at_;
  const char escaped = peek();
  ++at_;
  const auto hexadecimal = [&](std::size_t digits) -> Result<char32_t> {
    const std::string text(text_.substr(at_, digits));
    at_ += digits;
    char* end = nullptr;
    const unsigned long value = std::strtoul(text.c_str(), &end, 16);
    if (end != text.c_str() + digits) return fail("a wrong escape").error();
    return static_cast<char32_t>(value);
  };
  switch (escaped) {
    case 'x':
      return hexadecimal(2);
    case 'u':
      return hexadecimal(4);
    case 'U':
      return hexadecimal(8);
    case 't':
      return U'\t';
    case 'r':
      return U'\r';
    case 'n':
      return U'\n';
    case '\\':
    case '"':
    case '[':
    case ']':
      return static_cast<char32_t>(escaped);
    default:
      return fail("an unknown escape").error();
  }
}

Status GbnfParser::parse_quoted(Alternative& out) {
  ++at_;
  while (peek() != '"') {
    if (at_ >= text_.size() || peek() == '\n') return fail("a literal without end");
    IDI_TRY(const char32_t c, parse_character());
    out.push_back({-1, false, {{c, c}}});
  }
  ++at_;
  return {};
}

Status GbnfParser::parse_class(Alternative& out) {
  ++at_;
  Element element;
  if (peek() == '^') {
    element.negated = true;
    ++at_;
  }
  while (peek() != ']') {
    if (at_ >= text_.size()) return fail("a class without end");
    IDI_TRY(const char32_t from, parse_character());
    char32_t to = from;
    if (peek() == '-' && text_.substr(at_ + 1, 1) != "]") {
      ++at_;
      IDI_TRY(to, parse_character());
    }
    element.ranges.emplace_back(from, to);
  }
  ++at_;
  out.push_back(std::move(element));
  return {};
}

}  // namespace idi::grammar::testing
