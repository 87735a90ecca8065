#pragma once

#include <filesystem>
#include <string>

namespace polar_flow::testing {

/// A certificate and its key, as PEM.
struct certificate {
  std::string chain_pem;
  std::string key_pem;
};

/// A certificate authority made up for one test, its certificate in a file of its own.
class tls_authority {
public:
  tls_authority();
  ~tls_authority();

  tls_authority(const tls_authority&) = delete;
  tls_authority& operator=(const tls_authority&) = delete;

  /// PEM file of the authority's own certificate.
  const std::filesystem::path& file() const {
    return file_;
  }

  /// `name` is a subject alternative name as OpenSSL writes it: "DNS:localhost", "IP:127.0.0.1".
  certificate issue(const std::string& name) const;

private:
  std::filesystem::path file_;
  certificate own_;
};

} // namespace polar_flow::testing
