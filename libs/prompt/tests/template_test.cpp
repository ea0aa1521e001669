// tests/cases/prompt/templates/*.case: prompts as the real llama-server renders them by the chat
// templates that it has built in.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>

#include "case_database.hpp"
#include "case_file.hpp"
#include "idi/http_client/http_client.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "idi/llama_runtime/testing/tiny_model.hpp"

namespace idi::prompt {
namespace {

using std::chrono::seconds;
using testing::CaseFile;

/// A llama-server with one of its templates; the model's numbers do not matter.
class TemplateServer {
 public:
  explicit TemplateServer(const std::string& name) {
    const auto runtime = llama_runtime::find_runtime(llama_runtime::default_prefix());
    if (!runtime || !*runtime) throw std::runtime_error("no llama-server");
    llama_runtime::ServerOptions options;
    options.model = folder_.path() / "tiny.gguf";
    options.context_tokens = 256;
    options.slots = 1;
    options.threads = 1;
    options.log = folder_.path() / "server.log";
    // Built in without the template engine; ChatML with it, as models of their own templates use
    // it.
    if (name != "chatml") options.extra_options = {"--no-jinja"};
    options.extra_options.insert(options.extra_options.end(), {"--chat-template", name});
    if (!llama_runtime::testing::write_tiny_model(options.model))
      throw std::runtime_error("no model");
    auto server = llama_runtime::LlamaServer::start(**runtime, options);
    if (!server) throw std::runtime_error(server.error().to_text());
    server_ = *server;
    if (auto ready = server_->wait_ready(Deadline::after(seconds(120)), {}); !ready)
      throw std::runtime_error(ready.error().to_text());
  }

  std::string render(const ChatPrompt& prompt) const {
    const boost::json::object body{{"messages",
                                    {{{"role", "system"}, {"content", prompt.system}},
                                     {{"role", "user"}, {"content", prompt.user}}}}};
    http_client::Request request;
    request.method = "POST";
    request.url = server_->url() + "/apply-template";
    request.headers = {{"Authorization", "Bearer " + server_->api_key()},
                       {"Content-Type", "application/json"}};
    request.body = boost::json::serialize(body);
    request.deadline = Deadline::after(seconds(60));
    const auto response = http_client::HttpClient::make()->send(request);
    if (!response) throw std::runtime_error(response.error().to_text());
    const auto answer = boost::json::parse(response->body);
    const auto* text = answer.as_object().if_contains("prompt");
    if (text == nullptr) throw std::runtime_error(response->body);
    return std::string(text->as_string());
  }

 private:
  llama_runtime::testing::ScratchFolder folder_;
  std::shared_ptr<llama_runtime::LlamaServer> server_;
};

std::ptrdiff_t count(const std::string& text, const std::string& mark) {
  std::ptrdiff_t found = 0;
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) ++found;
  return found;
}

class TemplateCase : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(TemplateCase, IsRenderedAsIsWritten) {
  const auto file = CaseFile::read(GetParam());
  static std::map<std::string, TemplateServer> servers;
  const std::string name = file.setting("template");
  const auto& server = servers.try_emplace(name, name).first->second;
  const auto prompt = testing::prompt_of(file);
  ASSERT_TRUE(prompt) << prompt.error().to_text();
  const std::string rendered = server.render(*prompt);
  file.check(rendered + '\n');
  // System, user, and the beginning of the answer: whatever stands in the data.
  const bool chatml = name == "chatml";
  EXPECT_EQ(count(rendered, chatml ? "<|im_start|>" : "<|start_header_id|>"), 3);
  EXPECT_EQ(count(rendered, chatml ? "<|im_end|>" : "<|eot_id|>"), 2);
  EXPECT_EQ(count(rendered, "<|"), chatml ? 5 : 8 + count(rendered, "<|begin_of_text|>"));
}

TEST(Template, LeavesTheSchemaPartAPrefix) {
  const TemplateServer server("chatml");
  const auto rendered = [&](const std::string& question) {
    CaseFile file;
    file.settings = {{"database", "shop"}, {"question", question}};
    return server.render(*testing::prompt_of(file));
  };
  const std::string a = rendered("How many orders were cancelled in 2023?");
  const std::string b = rendered("average salary per store");
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
  EXPECT_GT(differ, static_cast<std::ptrdiff_t>(a.find("<|im_start|>user")));
}

INSTANTIATE_TEST_SUITE_P(Cases, TemplateCase,
                         ::testing::ValuesIn(testing::case_files(std::string(testing::case_folder) +
                                                                 "/templates")),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace idi::prompt
