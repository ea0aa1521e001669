#include "tls.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "idi/core/log.hpp"

namespace idi::http {
namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

Status check_readable(const std::filesystem::path& file, std::string_view what) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return make_error(ErrorCode::not_found,
                      fmt::format("There is no {} file {}.", what, file.string()),
                      "Name a PEM file that is there.");
  }
  if (std::filesystem::is_directory(file, error)) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("The {} {} is a folder, not a file.", what, file.string()));
  }
  errno = 0;
  if (!std::ifstream(file, std::ios::binary)) {
    return make_error(
        ErrorCode::unreadable, fmt::format("The {} file {} cannot be read.", what, file.string()),
        "Give the user that runs this program the right to read it.", std::strerror(errno));
  }
  return {};
}

void warn_of_dates(ssl::context& context) {
  const X509* certificate = SSL_CTX_get0_certificate(context.native_handle());
  if (certificate == nullptr) return;
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
    log::warn("The TLS certificate has expired: browsers will warn of it.");
  } else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
    log::warn("The TLS certificate is not valid yet: browsers will warn of it.");
  }
}

}  // namespace

Result<std::unique_ptr<ssl::context>> open_tls_context(const std::filesystem::path& certificate,
                                                       const std::filesystem::path& private_key) {
  if (certificate.empty() || private_key.empty()) {
    return make_error(ErrorCode::invalid_argument,
                      "TLS needs both a certificate and its private key.");
  }
  IDI_CHECK(check_readable(certificate, "certificate"));
  IDI_CHECK(check_readable(private_key, "private key"));

  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX* const native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Idle connections give their buffers back.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);

  error_code error;
  context->use_certificate_chain_file(certificate.string(), error);
  if (error) {
    return make_error(
        ErrorCode::invalid_argument,
        fmt::format("The certificate file {} holds no usable certificate.", certificate.string()),
        "It must be a PEM file, the server's certificate first.", error.message());
  }
  bool asked_for_password = false;
  // Without this OpenSSL would ask on the terminal, and wait.
  context->set_password_callback(
      [&asked_for_password](std::size_t, ssl::context::password_purpose) {
        asked_for_password = true;
        return std::string();
      },
      error);
  context->use_private_key_file(private_key.string(), ssl::context::pem, error);
  context->set_password_callback(
      [](std::size_t, ssl::context::password_purpose) { return std::string(); });
  if (asked_for_password) {
    return make_error(
        ErrorCode::invalid_argument,
        fmt::format("The private key {} is protected by a passphrase.", private_key.string()),
        "Give a key without one: openssl pkey -in KEY -out PLAIN_KEY");
  }
  if (error && SSL_CTX_get0_privatekey(native) == nullptr &&
      ERR_GET_REASON(static_cast<unsigned long>(error.value())) != X509_R_KEY_VALUES_MISMATCH) {
    return make_error(
        ErrorCode::invalid_argument,
        fmt::format("The private key file {} holds no usable key.", private_key.string()),
        "It must be a PEM file.", error.message());
  }
  if (error || SSL_CTX_check_private_key(native) != 1) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("The private key {} does not belong to the certificate {}.",
                                  private_key.string(), certificate.string()));
  }
  warn_of_dates(*context);
  return context;
}

}  // namespace idi::http
