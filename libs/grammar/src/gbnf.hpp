// Writing GBNF: literals, alternatives that share their beginnings, and a set of named rules of
// bounded size. Knows nothing of SQL.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace idi::grammar {

/// A literal and what follows it (an expression; may be empty).
struct Branch {
  std::string literal;
  std::string then;
};
using Branches = std::vector<Branch>;

/// "text" with everything escaped that GBNF reads otherwise.
/// REQUIRES: valid UTF-8 without NUL.
[[nodiscard]] std::string literal(std::string_view text);

/// Alternatives as a tree of shared beginnings: llama.cpp keeps one stack per alternative that is
/// still possible, so that what begins alike must be written once. Empty if there are none.
[[nodiscard]] std::string choice(Branches branches);

/// Alternatives of whole expressions; empty ones are left out.
[[nodiscard]] std::string either(const std::vector<std::string>& expressions);

/// "(" expression ")"; empty if that is.
[[nodiscard]] std::string group(std::string_view expression);
/// Zero to `times` of the expression.
[[nodiscard]] std::string up_to(int times, std::string_view expression);

inline void append(Branches& branches, Branches more) {
  for (Branch& branch : more) branches.push_back(std::move(branch));
}

/// Rules by name; each is made when it is first asked for.
class Rules {
 public:
  explicit Rules(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// The rule's name, or nothing if its body is empty (nothing can be derived). A rule that asks
  /// for itself while it is made gets its name: it must have another way to end.
  std::string add(const std::string& name, const std::function<std::string()>& body);
  /// The expression as something to put into a sequence: in parentheses if it is short, else the
  /// name of a rule that all equal expressions share.
  std::string share(const std::string& expression);
  /// More bytes than allowed: what is there is no grammar.
  [[nodiscard]] bool full() const { return bytes_ > max_bytes_; }
  [[nodiscard]] std::string text() const;

 private:
  struct Rule {
    std::string name;
    std::string body;
  };
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::map<std::string, std::size_t> index_;
  std::map<std::string, std::string> shared_;  // expression → name
  std::vector<Rule> rules_;  // in the order in which they were asked for: the root is first
};

}  // namespace idi::grammar
