#include "gbnf.hpp"

#include <algorithm>

namespace idi::grammar {
namespace {

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// How many bytes all of [begin, end) share from `at` on, in whole characters.
std::size_t shared_bytes(const Branches& branches, std::size_t begin, std::size_t end,
                         std::size_t at) {
  // Sorted: what the first and the last share, all share.
  const std::string& first = branches[begin].literal;
  const std::string& last = branches[end - 1].literal;
  std::size_t to = at;
  while (to < first.size() && to < last.size() && first[to] == last[to]) ++to;
  while (to > at && ((to < first.size() && continues_character(first[to])) ||
                     (to < last.size() && continues_character(last[to])))) {
    --to;
  }
  return to - at;
}

std::size_t character_bytes(const std::string& text, std::size_t at) {
  std::size_t to = at + 1;
  while (to < text.size() && continues_character(text[to])) ++to;
  return to - at;
}

std::string sequence(std::string text, const std::string& then) {
  if (text.empty()) return then.empty() ? "\"\"" : then;
  text = literal(text);
  return then.empty() ? text : text + " " + then;
}

std::string tree(const Branches& branches, std::size_t begin, std::size_t end, std::size_t at) {
  std::string result;
  const auto add = [&result](const std::string& alternative) {
    if (!result.empty()) result += " | ";
    result += alternative;
  };
  for (std::size_t from = begin; from < end;) {
    const std::string& text = branches[from].literal;
    if (text.size() == at) {
      add(sequence({}, branches[from++].then));
      continue;
    }
    const std::size_t width = character_bytes(text, at);
    std::size_t to = from + 1;
    while (to < end && branches[to].literal.compare(at, width, text, at, width) == 0) ++to;
    if (to - from == 1) {
      add(sequence(text.substr(at), branches[from].then));
    } else {
      const std::size_t shared = shared_bytes(branches, from, to, at);
      add(literal(std::string_view(text).substr(at, shared)) + " " +
          group(tree(branches, from, to, at + shared)));
    }
    from = to;
  }
  return result;
}

}  // namespace

std::string literal(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\x";
      quoted += digits[byte >> 4];
      quoted += digits[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string choice(Branches branches) {
  std::sort(branches.begin(), branches.end(), [](const Branch& a, const Branch& b) {
    return a.literal != b.literal ? a.literal < b.literal : a.then < b.then;
  });
  const auto same = [](const Branch& a, const Branch& b) {
    return a.literal == b.literal && a.then == b.then;
  };
  branches.erase(std::unique(branches.begin(), branches.end(), same), branches.end());
  return tree(branches, 0, branches.size(), 0);
}

std::string either(const std::vector<std::string>& expressions) {
  std::string result;
  for (const std::string& expression : expressions) {
    if (expression.empty()) continue;
    if (!result.empty()) result += " | ";
    result += expression;
  }
  return result;
}

std::string group(std::string_view expression) {
  return expression.empty() ? std::string() : "(" + std::string(expression) + ")";
}

std::string up_to(int times, std::string_view expression) {
  if (times <= 0 || expression.empty()) return "\"\"";
  return group(expression) + "{0," + std::to_string(times) + "}";
}

std::string Rules::add(const std::string& name, const std::function<std::string()>& body) {
  if (const auto known = index_.find(name); known != index_.end()) {
    return rules_[known->second].body.empty() ? std::string() : name;
  }
  if (full()) return name;
  const std::size_t at = rules_.size();
  index_.emplace(name, at);
  rules_.push_back({name, "?"});
  std::string text = body();
  bytes_ += name.size() + text.size() + 6;
  rules_[at].body = std::move(text);
  return rules_[at].body.empty() ? std::string() : name;
}

std::string Rules::share(const std::string& expression) {
  constexpr std::size_t short_bytes = 16;
  if (expression.empty()) return {};
  if (expression.size() <= short_bytes) return group(expression);
  const auto [at, added] = shared_.emplace(expression, "");
  if (added) {
    at->second = "s" + std::to_string(shared_.size());
    add(at->second, [&expression] { return expression; });
  }
  return at->second;
}

std::string Rules::text() const {
  std::string text;
  text.reserve(bytes_);
  for (const Rule& rule : rules_) {
    if (!rule.body.empty()) text += rule.name + " ::= " + rule.body + "\n";
  }
  return text;
}

}  // namespace idi::grammar
