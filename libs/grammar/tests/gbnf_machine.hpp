// llama.cpp's reading of GBNF, for tests: parses all of a grammar (what is not understood, not
// defined or left-recursive is an error), derives strings from it at random, and recognises strings
// with the same set of stacks that llama.cpp keeps, so that their number can be seen.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::grammar::testing {

class GbnfMachine {
 public:
  [[nodiscard]] static Result<GbnfMachine> parse(std::string_view grammar);

  /// A derivation chosen freely for about `freedom` steps, then by the shortest way to the end.
  [[nodiscard]] std::string derive(std::uint64_t seed, int freedom) const;

  struct Recognition {
    bool accepted = false;
    std::size_t accepted_bytes = 0;  ///< How far it went.
    std::size_t most_stacks = 0;
  };
  [[nodiscard]] Recognition recognise(std::string_view text) const;

  [[nodiscard]] std::size_t rule_count() const { return rules_.size(); }

 private:
  friend class GbnfParser;
  friend class StackSet;
  struct Element {
    int rule = -1;  // or characters:
    bool negated = false;
    std::vector<std::pair<char32_t, char32_t>> ranges;
    [[nodiscard]] bool admits(char32_t c) const;
  };
  using Alternative = std::vector<Element>;
  struct Rule {
    std::string name;
    std::vector<Alternative> alternatives;
    int cost = -1;  // characters of the shortest derivation, about; -1: none is known
  };
  [[nodiscard]] Status check();
  [[nodiscard]] int cost_of(const Alternative& alternative) const;
  void derive_rule(int rule, std::mt19937_64& random, int& freedom, std::string& out) const;

  std::vector<Rule> rules_;
  int root_ = -1;
};

}  // namespace idi::grammar::testing
