#include "gbnf_machine.hpp"

#include <algorithm>
#include <limits>

#include "gbnf_parser.hpp"

namespace idi::grammar::testing {

bool GbnfMachine::Element::admits(char32_t c) const {
  const bool within = std::any_of(ranges.begin(), ranges.end(), [c](const auto& range) {
    return range.first <= c && c <= range.second;
  });
  return within != negated;
}

Result<GbnfMachine> GbnfMachine::parse(std::string_view grammar) {
  GbnfMachine machine;
  IDI_CHECK(GbnfParser(grammar, machine).run());
  IDI_CHECK(machine.check());
  return machine;
}

int GbnfMachine::cost_of(const Alternative& alternative) const {
  std::int64_t sum = 0;
  for (const Element& element : alternative) {
    const int cost = element.rule < 0 ? 1 : rules_[static_cast<std::size_t>(element.rule)].cost;
    if (cost < 0) return -1;
    sum += cost;
  }
  return static_cast<int>(std::min<std::int64_t>(sum, 1'000'000'000));
}

/// Every rule derives something, and none begins with itself.
Status GbnfMachine::check() {
  for (bool changed = true; changed;) {
    changed = false;
    for (Rule& rule : rules_) {
      for (const Alternative& alternative : rule.alternatives) {
        const int cost = cost_of(alternative);
        if (cost < 0 || (rule.cost >= 0 && rule.cost <= cost)) continue;
        rule.cost = cost;
        changed = true;
      }
    }
  }
  enum class Mark { unseen, open, done };
  std::vector<Mark> marks(rules_.size(), Mark::unseen);
  const auto visit = [&](auto&& self, int index) -> Status {
    Mark& mark = marks[static_cast<std::size_t>(index)];
    const Rule& rule = rules_[static_cast<std::size_t>(index)];
    if (rule.cost < 0) {
      return make_error(ErrorCode::invalid_argument, rule.name + " derives nothing");
    }
    if (mark == Mark::open) {
      return make_error(ErrorCode::invalid_argument, rule.name + " is left-recursive");
    }
    if (mark == Mark::done) return {};
    mark = Mark::open;
    for (const Alternative& alternative : rule.alternatives) {
      for (const Element& element : alternative) {
        if (element.rule < 0) break;
        IDI_CHECK(self(self, element.rule));
        if (rules_[static_cast<std::size_t>(element.rule)].cost > 0) break;
      }
    }
    mark = Mark::done;
    return {};
  };
  for (int i = 0; i < static_cast<int>(rules_.size()); ++i) IDI_CHECK(visit(visit, i));
  return {};
}

std::string GbnfMachine::derive(std::uint64_t seed, int freedom) const {
  std::mt19937_64 random(seed);
  std::string out;
  derive_rule(root_, random, freedom, out);
  return out;
}

void GbnfMachine::derive_rule(int index, std::mt19937_64& random, int& freedom,
                              std::string& out) const {
  const Rule& rule = rules_[static_cast<std::size_t>(index)];
  const auto& alternatives = rule.alternatives;
  std::size_t chosen = 0;
  if (freedom > 0) {
    if (alternatives.size() > 1) --freedom;
    chosen = random() % alternatives.size();
  } else {
    int least = std::numeric_limits<int>::max();
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      const int cost = cost_of(alternatives[i]);
      if (cost < least) {
        least = cost;
        chosen = i;
      }
    }
  }
  // Every kind of character that texts are made of, and those that are dangerous in them.
  static constexpr std::u32string_view interesting =
      U"abcxyzABC 0123456789%_-/*;:#@!?()[]{}<>|&^~$+=.,`\"'\\äß漢😀\u200b\n";
  for (const Element& element : alternatives[chosen]) {
    if (element.rule >= 0) {
      derive_rule(element.rule, random, freedom, out);
      continue;
    }
    if (!element.negated) {
      const auto& range = element.ranges[random() % element.ranges.size()];
      append_utf8(out,
                  range.first + static_cast<char32_t>(random() % (range.second - range.first + 1)));
      continue;
    }
    char32_t c = U' ';
    do {
      c = interesting[random() % interesting.size()];
    } while (!element.admits(c));
    append_utf8(out, c);
  }
}

/// Stacks share their lower parts: a stack is the number of a node, and equal stacks are one node.
class StackSet {
 public:
  explicit StackSet(const GbnfMachine& machine) : machine_(machine) {
    nodes_.push_back({});  // 0: the empty stack
    expand_rule(machine.root_, 0);
  }
  void advance(char32_t c) {
    const std::vector<int> before = std::exchange(tops_, {});
    for (const int top : before) {
      const Node node = nodes_[static_cast<std::size_t>(top)];
      if (top != 0 && element(node).admits(c))
        expand(node.rule, node.alternative, node.next + 1, node.below);
    }
    std::sort(tops_.begin(), tops_.end());
    tops_.erase(std::unique(tops_.begin(), tops_.end()), tops_.end());
  }
  [[nodiscard]] std::size_t size() const { return tops_.size(); }
  [[nodiscard]] bool can_end() const { return !tops_.empty() && tops_.front() == 0; }

 private:
  struct Node {
    int rule = -1, alternative = -1, next = -1, below = -1;
    friend auto operator<=>(const Node&, const Node&) = default;
  };
  const GbnfMachine::Alternative& alternative(int rule, int number) const {
    return machine_.rules_[static_cast<std::size_t>(rule)]
        .alternatives[static_cast<std::size_t>(number)];
  }
  const GbnfMachine::Element& element(const Node& node) const {
    return alternative(node.rule, node.alternative)[static_cast<std::size_t>(node.next)];
  }
  int intern(const Node& node) {
    const auto [at, added] = index_.emplace(node, static_cast<int>(nodes_.size()));
    if (added) nodes_.push_back(node);
    return at->second;
  }
  void expand_rule(int rule, int below) {
    const auto& all = machine_.rules_[static_cast<std::size_t>(rule)].alternatives;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) expand(rule, i, 0, below);
  }
  /// The stacks whose top is a character, from position `next` of an alternative on.
  void expand(int rule, int number, int next, int below) {
    const auto& elements = alternative(rule, number);
    if (next == static_cast<int>(elements.size())) {
      if (below == 0) {
        tops_.push_back(0);
        return;
      }
      const Node node = nodes_[static_cast<std::size_t>(below)];
      expand(node.rule, node.alternative, node.next, node.below);
      return;
    }
    const int inner = elements[static_cast<std::size_t>(next)].rule;
    if (inner < 0) {
      tops_.push_back(intern({rule, number, next, below}));
      return;
    }
    const bool last = next + 1 == static_cast<int>(elements.size());
    expand_rule(inner, last ? below : intern({rule, number, next + 1, below}));
  }

  const GbnfMachine& machine_;
  std::vector<Node> nodes_;
  std::map<Node, int> index_;
  std::vector<int> tops_;
};

GbnfMachine::Recognition GbnfMachine::recognise(std::string_view text) const {
  StackSet stacks(*this);
  Recognition result;
  result.most_stacks = stacks.size();
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = decode_utf8(text, at);
    stacks.advance(c);
    if (stacks.size() == 0) return result;
    result.accepted_bytes = at;
    result.most_stacks = std::max(result.most_stacks, stacks.size());
  }
  result.accepted = stacks.can_end();
  return result;
}

}  // namespace idi::grammar::testing
