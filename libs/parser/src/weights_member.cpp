#include "weights_member.hpp"

#include <algorithm>

#include "idi/parser/weights.hpp"
#include "network.hpp"

namespace idi::parser {

namespace {

using model_io::FormatError;

class MemberFile final : public model_io::TensorFile {
 public:
  MemberFile(std::shared_ptr<const model_io::TensorFile> file, int member)
      : file_(std::move(file)), prefix_(member_prefix(member)), texts_(file_->texts()) {}

  const model_io::TensorView& tensor(std::string_view name) const override {
    return file_->tensor(prefix_ + std::string(name));
  }
  std::string_view text(std::string_view key) const override {
    const std::string own = prefix_ + std::string(key);
    return file_->text(texts_.contains(own) ? std::string_view(own) : key);
  }
  std::vector<std::string> tensor_names() const override {
    std::vector<std::string> names;
    for (const std::string& name : file_->tensor_names())
      if (name.starts_with(prefix_)) names.push_back(name.substr(prefix_.size()));
    return names;
  }
  std::map<std::string, std::string> texts() const override { return texts_; }

 private:
  std::shared_ptr<const model_io::TensorFile> file_;
  std::string prefix_;
  std::map<std::string, std::string> texts_;
};

/// Texts that say how large a network is: a member's own.
constexpr const char* size_keys[] = {"width",          "heads",        "encoder_layers",
                                     "decoder_layers", "feed_forward", "max_steps"};
/// Texts that all members must agree on.
constexpr const char* shared_keys[] = {"vocabulary",       "symbol_count",     "relation_count",
                                       "node_class_count", "word_class_count", "gram_buckets"};

}  // namespace

std::string member_prefix(int member) {
  return member == 0 ? std::string() : "member." + std::to_string(member) + ".";
}

int member_count(const model_io::TensorFile& file) {
  if (!file.texts().contains("members")) return 1;
  const int members = file.number("members");
  if (members < 1 || members > max_members)
    throw FormatError(FormatError::Kind::corrupt,
                      "it says that it holds " + std::to_string(members) + " networks");
  return members;
}

std::shared_ptr<const model_io::TensorFile> member_of(
    std::shared_ptr<const model_io::TensorFile> file, int member) {
  if (member == 0) return file;
  return std::make_shared<MemberFile>(std::move(file), member);
}

Status join_weights(const std::vector<std::string>& paths, const std::string& into) {
  if (paths.empty() || paths.size() > static_cast<std::size_t>(max_members))
    return make_error(ErrorCode::invalid_argument,
                      "Between 1 and " + std::to_string(max_members) + " networks can be joined");
  try {
    std::vector<model_io::TensorData> tensors;
    std::map<std::string, std::string> texts;
    auto store_as = model_io::TensorType::f16;
    for (std::size_t member = 0; member < paths.size(); ++member) {
      const auto file = model_io::TensorFile::open(paths[member]);
      IDI_CHECK(Network::load(file));
      if (member_count(*file) != 1)
        return make_error(ErrorCode::invalid_argument,
                          "\"" + paths[member] + "\" holds several networks already");
      const std::string prefix = member_prefix(static_cast<int>(member));
      if (member == 0) texts = file->texts();
      for (const char* key : shared_keys)
        if (file->text(key) != texts[key])
          return make_error(
              ErrorCode::invalid_argument,
              "\"" + paths[member] + "\" has another " + key + " than \"" + paths[0] + "\"",
              "Join networks that were trained from the same example file.");
      for (const char* key : size_keys) texts[prefix + key] = file->text(key);
      for (const std::string& name : file->tensor_names()) {
        const auto& view = file->tensor(name);
        if (view.type == model_io::TensorType::f32) store_as = view.type;
        tensors.push_back({prefix + name, view.shape, file->floats(name)});
      }
    }
    texts["members"] = std::to_string(paths.size());
    model_io::write_tensor_file(into, tensors, texts, store_as);
  } catch (const FormatError& error) {
    return make_error(ErrorCode::unreadable, error.what(), "Give weights files of idi-train.");
  }
  return {};
}

}  // namespace idi::parser
