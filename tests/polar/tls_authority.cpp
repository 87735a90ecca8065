#include "tests/polar/tls_authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <memory>
#include <stdexcept>
#include <stdlib.h>
#include <unistd.h>
#include <vector>

namespace polar_flow::testing {

namespace {

using key_pointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using certificate_pointer = std::unique_ptr<X509, decltype(&X509_free)>;
using bio_pointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

/// Long enough for any test run.
constexpr long lifetime_s = 24 * 3600;

void require(bool is_good) {
  if (!is_good)
    throw std::runtime_error{"OpenSSL refused to make a test certificate"};
}

std::string content(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
  const bio_pointer bio{BIO_new(BIO_s_mem()), BIO_free};
  require(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return content(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
  const bio_pointer bio{BIO_new(BIO_s_mem()), BIO_free};
  require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return content(bio.get());
}

bio_pointer reader(const std::string& pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

certificate_pointer make_certificate(EVP_PKEY* key, const char* name, long serial) {
  certificate_pointer made{X509_new(), X509_free};
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -lifetime_s);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), lifetime_s);
  X509_set_pubkey(made.get(), key);
  const auto* text = reinterpret_cast<const unsigned char*>(name);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC, text, -1, -1,
                             0);
  return made;
}

std::filesystem::path write_private_file(const std::string& text) {
  auto name = (std::filesystem::temp_directory_path() / "polar-flow-ca-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  require(descriptor >= 0);
  ::close(descriptor);
  std::ofstream{name} << text;
  return name;
}

} // namespace

tls_authority::tls_authority() {
  const key_pointer key{EVP_EC_gen("P-256"), EVP_PKEY_free};
  require(key != nullptr);
  const auto made = make_certificate(key.get(), "Test authority", 1);
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  add_extension(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
  own_ = {to_pem(made.get()), to_pem(key.get())};
  file_ = write_private_file(own_.chain_pem);
}

tls_authority::~tls_authority() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

certificate tls_authority::issue(const std::string& name) const {
  const auto own_reader = reader(own_.chain_pem);
  const auto key_reader = reader(own_.key_pem);
  const certificate_pointer issuer{PEM_read_bio_X509(own_reader.get(), nullptr, nullptr, nullptr),
                                   X509_free};
  const key_pointer issuer_key{PEM_read_bio_PrivateKey(key_reader.get(), nullptr, nullptr, nullptr),
                               EVP_PKEY_free};
  require(issuer != nullptr && issuer_key != nullptr);

  const key_pointer key{EVP_EC_gen("P-256"), EVP_PKEY_free};
  require(key != nullptr);
  const auto made = make_certificate(key.get(), "Test server", 2);
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
  add_extension(made.get(), issuer.get(), NID_subject_alt_name, name);
  require(X509_sign(made.get(), issuer_key.get(), EVP_sha256()) > 0);
  return {to_pem(made.get()), to_pem(key.get())};
}

} // namespace polar_flow::testing
