#include "conversation.hpp"

#include "idi/core/assert.hpp"

namespace idi::llm {
namespace {

const char* role_name(ChatMessage::Role role) {
  switch (role) {
    case ChatMessage::Role::system:
      return "system";
    case ChatMessage::Role::user:
      return "user";
    case ChatMessage::Role::assistant:
      return "assistant";
  }
  IDI_ASSERT(false);
  return "";
}

}  // namespace

json::array json_messages(const std::vector<ChatMessage>& messages) {
  json::array array;
  for (const ChatMessage& message : messages) {
    array.push_back(
        json::object{{"role", role_name(message.role)}, {"content", json_text(message.text)}});
  }
  return array;
}

}  // namespace idi::llm
