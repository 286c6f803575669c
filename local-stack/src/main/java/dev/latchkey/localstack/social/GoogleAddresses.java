package dev.latchkey.localstack.social;

/** Where Google's endpoints are. */
record GoogleAddresses(String issuer, String authorize, String token, String userInfo, String certificates) {

    /** The real ones, spread over four hosts. */
    static final GoogleAddresses REAL = new GoogleAddresses(
            "https://accounts.google.com",
            "https://accounts.google.com/o/oauth2/v2/auth",
            "https://oauth2.googleapis.com/token",
            "https://openidconnect.googleapis.com/v1/userinfo",
            "https://www.googleapis.com/oauth2/v3/certs");

    /** All below one address, such as {@code http://localhost:8190/google}. */
    static GoogleAddresses below(String issuer) {
        return new GoogleAddresses(
                issuer, issuer + "/authorize", issuer + "/token", issuer + "/userinfo", issuer + "/certs");
    }
}
