// The decoder's output numbers (symbol, or symbol_count + node) and what they mean for one
// question: which tokens they are, and which of them the grammar allows. Cheap to make; used by one
// thread.
#pragma once

#include <span>
#include <vector>

#include "idi/sql/ir_tokens.hpp"
#include "network.hpp"

namespace idi::parser {

class OutputSpace {
 public:
  /// node_tokens: the token of every node after the question words, in node order.
  OutputSpace(int symbols, const Memory& memory, std::vector<ir::Token> node_tokens)
      : symbols_(symbols),
        tokens_(memory.tokens),
        columns_(memory.columns),
        tables_(memory.tables),
        values_(memory.values),
        node_tokens_(std::move(node_tokens)) {}

  [[nodiscard]] int size() const { return symbols_ + tokens_ + columns_ + tables_ + values_; }

  [[nodiscard]] ir::Token token(int output) const {
    if (output < symbols_) return {ir::Token::Kind::symbol, output};
    return node_tokens_[static_cast<std::size_t>(output - symbols_ - tokens_)];
  }

  /// Calls f(output) for every allowed output, in ascending order.
  template <typename F>
  void for_each(const ir::Allowed& allowed, F&& f) const {
    for (int symbol = 0; symbol < symbols_; ++symbol)
      if (allowed.symbols.test(static_cast<std::size_t>(symbol))) f(symbol);
    int first = symbols_ + tokens_;
    const auto range = [&](bool wanted, int count) {
      if (wanted)
        for (int i = first; i < first + count; ++i) f(i);
      first += count;
    };
    range(allowed.column, columns_);
    range(allowed.table, tables_);
    range(allowed.value, values_);
  }

 private:
  int symbols_, tokens_, columns_, tables_, values_;
  std::vector<ir::Token> node_tokens_;
};

/// The logarithm of the sum of exp(logit) over the allowed outputs; -infinity if there is none.
[[nodiscard]] double log_normalizer(std::span<const float> logits, const ir::Allowed& allowed,
                                    const OutputSpace& space);

}  // namespace idi::parser
