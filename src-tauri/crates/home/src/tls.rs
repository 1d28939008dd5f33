//! The certificate with which the listener speaks TLS: one of the user's own, else one made for this home, which lies in it
//! with its key and is made once. To have another one made, remove its two files.

use crate::folder::Rooms;
use rcgen::{CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a certificate and its key, both PEM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Files {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Files {
    /// Those that are made for this home.
    pub fn own(rooms: &Rooms) -> Self {
        Self { certificate: rooms.folder.join("listener.pem"), key: rooms.folder.join("listener.key") }
    }

    /// Makes both where one is missing, for these names of this machine.
    pub fn make(&self, names: &[String]) -> Result<(), String> {
        if self.certificate.exists() && self.key.exists() {
            return Ok(());
        }
        let (certificate, key) = made(names).map_err(|fault| format!("No certificate could be made: {fault}."))?;
        let write = |path: &Path, text: &str, mode| {
            let written = replace(path, text, mode);
            written.map_err(|fault| format!("{} cannot be written: {fault}. Make the home's folder writable.", path.display()))
        };
        write(&self.key, &key, 0o600)?;
        write(&self.certificate, &certificate, 0o644)
    }

    /// Reads both as the listener needs them.
    pub fn read(&self) -> Result<Arc<ServerConfig>, String> {
        let unread = |path: &Path, why: String| format!("{} cannot be used: {why}. Name another file, or remove it.", path.display());
        let chain: Result<Vec<CertificateDer<'static>>, _> =
            CertificateDer::pem_file_iter(&self.certificate).and_then(|certificates| certificates.collect());
        let chain = chain.map_err(|fault| unread(&self.certificate, fault.to_string()))?;
        if chain.is_empty() {
            return Err(unread(&self.certificate, "it holds no certificate".into()));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|fault| unread(&self.key, fault.to_string()))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.map_err(|fault| unread(&self.certificate, fault.to_string()))?.with_no_client_auth();
        let config = config.with_single_cert(chain, key).map_err(|fault| unread(&self.certificate, fault.to_string()))?;
        Ok(Arc::new(config))
    }
}

/// A certificate that signs itself, and its key. It is no authority: whoever trusts it trusts this listener and no other.
fn made(names: &[String]) -> Result<(String, String), rcgen::Error> {
    let mut all = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    all.extend(names.iter().filter(|name| !name.is_empty() && !all.contains(name)).cloned().collect::<Vec<_>>());
    let mut params = CertificateParams::new(all)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Muster listener");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok((certificate.pem(), key.serialize_pem()))
}

/// Writes a file anew, readable from its first byte by whom `mode` says.
fn replace(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let beside = path.with_extension("new");
    drop(std::fs::remove_file(&beside));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Files {
        Files::own(&Rooms { folder: folder.to_path_buf() })
    }

    #[test]
    fn it_is_made_once_and_its_key_is_for_the_user_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let files = files(place.path());
        files.make(&["desk.example".into()]).expect("it is made");
        files.read().expect("it is used");
        let first = std::fs::read(&files.certificate).expect("it is there");
        files.make(&[]).expect("it is there already");
        assert_eq!(std::fs::read(&files.certificate).expect("still"), first, "senders that trust it go on doing so");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&files.key).expect("a key").permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn what_is_no_certificate_is_said_with_its_file() {
        let place = tempfile::tempdir().expect("a folder");
        let files = files(place.path());
        assert!(files.read().is_err_and(|why| why.contains("listener.pem")), "there is none");
        files.make(&[]).expect("it is made");
        std::fs::write(&files.key, "nonsense").expect("written");
        assert!(files.read().is_err_and(|why| why.contains("listener.key")));
    }
}
