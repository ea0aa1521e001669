#include "gbnf_matcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace idi::nano_format::testing {

struct GbnfMatcher::Node {
  enum class Kind { literal, name, sequence, choice, repeat } kind = Kind::sequence;
  std::string text;
  std::vector<std::unique_ptr<Node>> parts;
  int least = 1, most = 1;
};

class GbnfMatcher::Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::unique_ptr<Node> choice() {
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::choice;
    do {
      node->parts.push_back(sequence());
    } while (take('|'));
    return node;
  }
  [[nodiscard]] bool done() {
    skip();
    return at_ == text_.size();
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  int number() {
    int value = -1;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    EXPECT_EQ(error, std::errc());
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }

  std::unique_ptr<Node> sequence() {
    auto node = std::make_unique<Node>();
    for (;;) {
      skip();
      if (at_ == text_.size() || text_[at_] == '|' || text_[at_] == ')') return node;
      node->parts.push_back(repeated(item()));
    }
  }

  std::unique_ptr<Node> item() {
    auto node = std::make_unique<Node>();
    if (take('(')) {
      node = choice();
      EXPECT_TRUE(take(')'));
    } else if (take('"')) {
      node->kind = Node::Kind::literal;
      const std::size_t end = text_.find('"', at_);
      EXPECT_NE(end, std::string_view::npos);
      node->text = text_.substr(at_, end - at_);
      at_ = end + 1;
    } else {
      node->kind = Node::Kind::name;
      while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) {
        node->text += text_[at_++];
      }
      EXPECT_FALSE(node->text.empty()) << text_.substr(at_);
      if (node->text.empty()) at_ = text_.size();
    }
    return node;
  }

  std::unique_ptr<Node> repeated(std::unique_ptr<Node> item) {
    int least = 1, most = 1;
    if (take('?')) {
      least = 0;
    } else if (take('{')) {
      least = number();
      EXPECT_TRUE(take(','));
      most = number();
      EXPECT_TRUE(take('}'));
    } else {
      return item;
    }
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::repeat;
    node->least = least;
    node->most = most;
    node->parts.push_back(std::move(item));
    return node;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

GbnfMatcher::GbnfMatcher(std::string_view grammar) {
  while (!grammar.empty()) {
    const std::string_view line = grammar.substr(0, grammar.find('\n'));
    grammar.remove_prefix(std::min(grammar.size(), line.size() + 1));
    const std::size_t defines = line.find(" ::= ");
    EXPECT_NE(defines, std::string_view::npos) << line;
    if (defines == std::string_view::npos) return;
    Reader reader(line.substr(defines + 5));
    rules_.emplace(std::string(line.substr(0, defines)), reader.choice());
    EXPECT_TRUE(reader.done()) << line;
  }
}

GbnfMatcher::~GbnfMatcher() = default;

const GbnfMatcher::Ends& GbnfMatcher::ends(const Node& node, std::string_view text,
                                           std::size_t begin, Known& known) const {
  const auto [entry, is_new] = known.try_emplace({&node, begin});
  Ends& result = entry->second;  // std::map: stays where it is
  if (!is_new) return result;
  Ends found;
  const auto continued = [&](const Ends& from, const Node& part) {
    Ends next;
    for (const std::size_t at : from) next.merge(Ends(ends(part, text, at, known)));
    return next;
  };
  switch (node.kind) {
    case Node::Kind::literal:
      if (text.substr(begin).starts_with(node.text)) found.insert(begin + node.text.size());
      break;
    case Node::Kind::name: {
      const auto rule = rules_.find(node.text);
      EXPECT_NE(rule, rules_.end()) << "no rule " << node.text;
      if (rule != rules_.end()) found = ends(*rule->second, text, begin, known);
      break;
    }
    case Node::Kind::choice:
      for (const auto& part : node.parts) found.merge(Ends(ends(*part, text, begin, known)));
      break;
    case Node::Kind::sequence:
      found.insert(begin);
      for (const auto& part : node.parts) found = continued(found, *part);
      break;
    case Node::Kind::repeat: {
      Ends reached{begin};
      if (node.least == 0) found = reached;
      for (int i = 1; i <= node.most && !reached.empty(); ++i) {
        reached = continued(reached, *node.parts[0]);
        if (i >= node.least) found.insert(reached.begin(), reached.end());
      }
      break;
    }
  }
  result = std::move(found);
  return result;
}

bool GbnfMatcher::matches(std::string_view text) const {
  Known known;
  return ends(*rules_.find("root")->second, text, 0, known).contains(text.size());
}

}  // namespace idi::nano_format::testing
