// Says whether a text is a sentence of a GBNF grammar, for grammars of literals, rule names,
// alternatives, groups, `?` and `{a,b}`: all that symbolic_grammar writes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace idi::nano_format::testing {

class GbnfMatcher {
 public:
  /// Fails the test on text that it cannot read, or on a name without a rule.
  explicit GbnfMatcher(std::string_view grammar);
  ~GbnfMatcher();
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  struct Node;
  using Ends = std::set<std::size_t>;
  using Known = std::map<std::pair<const Node*, std::size_t>, Ends>;
  class Reader;
  /// Every place where a match of the node that begins at `begin` may end.
  [[nodiscard]] const Ends& ends(const Node& node, std::string_view text, std::size_t begin,
                                 Known& known) const;
  std::map<std::string, std::unique_ptr<Node>, std::less<>> rules_;
};

}  // namespace idi::nano_format::testing
